/** A master key that everybody knows: the `ROVIEC_MASTER_KEY` of programs under test. */
export const testMasterKey = 'YSBtYXN0ZXIga2V5IG9mIHRlc3RzLCBub3Qgc2VjcmU='
