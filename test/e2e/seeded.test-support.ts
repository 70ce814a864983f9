import { testMasterKey, testProcess, type Template } from '#testing'

/** The agencies, officials, both real plans and the dossiers of the demonstration. */
export const seeded: Template = {
  name: 'seeded',
  async fill(url) {
    const settings = { ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: testMasterKey }
    const seeding = testProcess(new URL('seed.fixture.ts', import.meta.url), [JSON.stringify(settings)])
    if ((await seeding.ended) !== 0) throw new Error(`seeding failed: ${seeding.errors()}`)
  },
}
