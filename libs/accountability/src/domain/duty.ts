/** What is owed for a delay: giải trình, its acceptance by the head, xin lỗi, and the delivery of it. */
export const duties = ['explanation', 'acceptance', 'apology', 'delivery'] as const
export type Duty = (typeof duties)[number]

/** A duty and who owes it, as the record writes the agency; null where nobody is named. */
export interface OwedDuty {
  readonly duty: Duty
  readonly owedBy: string | null
}
