import { RoviecError, type ErrorDetails } from '#kernel'

/** A command by what it does and the stream it does it to. */
interface NamedCommand {
  readonly transition: string
  readonly stream: string
}

/** The command id was used before for another command: choose a new id, or send what was sent then. */
export class CommandIdTaken extends RoviecError {
  override readonly name = 'CommandIdTaken'

  constructor(commandId: string, first: NamedCommand, now: NamedCommand) {
    const isSameStream = first.stream === now.stream
    super(
      'conflict',
      'command-id-taken',
      {
        vi: `Mã lệnh ${commandId} đã dùng cho lệnh “${first.transition}”${isSameStream ? ' với nội dung khác' : ` của ${first.stream}`}. Dùng mã mới cho lệnh “${now.transition}”.`,
        en: `Command id ${commandId} was used for ${first.transition}${isSameStream ? ' with other content' : ` of ${first.stream}`}. Use a new id for this ${now.transition}.`,
      },
      {
        commandId,
        first: first.transition,
        now: now.transition,
        firstStream: first.stream,
        stream: now.stream,
      },
    )
  }
}

/** The aggregate kept changing under this command. Nothing was written; the same command may be sent again. */
export class TooManyConflicts extends RoviecError {
  override readonly name = 'TooManyConflicts'

  constructor(stream: string, attempts: number, cause: unknown) {
    super(
      'conflict',
      'too-many-conflicts',
      {
        vi: 'Hồ sơ đang được nhiều người cập nhật cùng lúc nên lệnh chưa ghi được. Gửi lại lệnh này.',
        en: `${stream} kept changing (${attempts} attempts). Nothing was written: send the command again.`,
      },
      { stream, attempts, safeToRepeat: true },
      { cause },
    )
  }
}

/** Thrown for refusals where a caller asked for `handleOrThrow`; the HTTP edge turns it into 403, 409 or 422. */
export class CommandRefused extends RoviecError {
  override readonly name = 'CommandRefused'

  constructor(code: string, text: { vi: string; en: string }, details: ErrorDetails) {
    super(code === 'not-permitted' ? 'forbidden' : 'refusal', code, text, details)
  }
}
