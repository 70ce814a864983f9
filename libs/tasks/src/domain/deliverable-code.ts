import { deriveId } from '#kernel'

/** As lists, reports and duties name it. */
export function deliverableCode(task: string, deliverable: string): string {
  return `${task}.${deliverable}`
}

/** An aggregate's id has no more. */
const longestId = 120

/** Of the duties about a deliverable. No dossier has such a key: the code behind its source begins with no colon. */
export function dutiesKey(code: string): string {
  const key = `t::${code}`
  return key.length <= longestId ? key : `t::${deriveId('accountability', code)}`
}
