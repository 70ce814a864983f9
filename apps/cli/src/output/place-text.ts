import { momentText } from './moment.js'

/** The place in the log that an answer reflects. */
export interface Place {
  readonly position: bigint
  /** When that place was recorded; null in an empty log. */
  readonly reflects: string | null
}

/** Below a list for people: up to when it knows what happened. */
export function placeText({ position, reflects }: Place): string {
  const recorded = reflects === null ? '' : `, ghi nhận lúc ${momentText(reflects)}`
  return `\nSố liệu đến vị trí ${position} của kho sự kiện${recorded}.\n`
}
