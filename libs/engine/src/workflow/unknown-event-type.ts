import { RoviecError } from '#kernel'

/** The log holds an event this version of the program does not know: upgrade the program, nothing is skipped. */
export class UnknownEventType extends RoviecError {
  override readonly name = 'UnknownEventType'

  constructor(workflow: string, type: string) {
    super(
      'fault',
      'unknown-event-type',
      {
        vi: `Bản cài đặt này chưa biết loại sự kiện ${type}. Hãy nâng cấp chương trình; dữ liệu không bị thay đổi.`,
        en: `This version of the program does not know events of type ${type} in ${workflow}. Upgrade it; the data is untouched.`,
      },
      { workflow, type },
    )
  }
}
