import { CommandRefused, type Outcome } from '#engine'
import type { Workflow } from '#engine/workflow'
import { notFound, type RoviecError } from '#kernel'

/**
 * A refusal as the error its sender gets. Where there is nothing under that code and the transition does not create
 * it, the code is what is wrong: "you may not" or "not in this state" would send a reader who mistyped it astray.
 */
export function refused(
  { refusal, revision }: Extract<Outcome, { status: 'refused' }>,
  workflow: Workflow,
  { aggregate, transition }: { readonly aggregate: string; readonly transition: string },
): RoviecError {
  const creates = workflow.transitions.get(transition)?.from.includes(workflow.initial.status) === true
  if (revision === null && !creates)
    return notFound(
      `${workflow.name}-unknown`,
      {
        vi: `Không tìm thấy mã “${aggregate}”. Kiểm tra lại mã.`,
        en: `There is no ${workflow.name} ${aggregate}. Check the code.`,
      },
      { code: aggregate },
    )
  return new CommandRefused(refusal.code, refusal.text, refusal.details)
}
