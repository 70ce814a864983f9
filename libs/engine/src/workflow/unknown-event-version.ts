import { RoviecError } from '#kernel'

/** The log holds an event in a form that a newer program has written: upgrade the program, nothing is guessed. */
export class UnknownEventVersion extends RoviecError {
  override readonly name = 'UnknownEventVersion'

  constructor(workflow: string, type: string, version: unknown, known: number) {
    super(
      'fault',
      'unknown-event-version',
      {
        vi: `Bản cài đặt này chưa đọc được phiên bản ${String(version)} của loại sự kiện ${type} (mới biết đến phiên bản ${known}). Hãy nâng cấp chương trình; dữ liệu không bị thay đổi.`,
        en: `This version of the program does not know version ${String(version)} of ${type} in ${workflow} (the latest it knows is ${known}). Upgrade it; the data is untouched.`,
      },
      { workflow, type, version, known },
    )
  }
}
