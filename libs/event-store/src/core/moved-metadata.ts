import { invalid, type JsonValue } from '#kernel'

/** The member under which metadata carries the time an event was first recorded, in a log that it was moved to. */
const member = '$recordedAt'

/** Where the metadata itself stands when it is no object that a member could be put into. */
const wrapped = '$metadata'

const opening = `{"${member}":"`
const timeLength = '2026-01-31T01:02:03.456Z'.length
const timeEnd = opening.length + timeLength

/**
 * The metadata of an event that is moved to a store which keeps no time but its own: the text with the original time
 * put in front, so that `movedFrom` gives both back byte for byte.
 */
export function movedMetadata(metadataText: string, recordedAt: Date): string {
  const start = `${opening}${recordedAt.toISOString()}"`
  const rest = metadataText.slice(1)
  // An object that begins with our own word would be taken for what it names.
  const isOpen = metadataText.startsWith('{') && !rest.trimStart().startsWith(`"${wrapped}"`)
  if (!isOpen) return `${start},"${wrapped}":${metadataText}}`
  return rest.trimStart().startsWith('}') ? `${start}${rest}` : `${start},${rest}`
}

/** What the event was before it was moved; nothing for an event that is where it was recorded. */
export function movedFrom(text: string): { readonly metadataText: string; readonly recordedAt: Date } | null {
  if (!text.startsWith(opening) || text[timeEnd] !== '"') return null
  const recordedAt = new Date(text.slice(opening.length, timeEnd))
  const rest = text.slice(timeEnd + 1)
  const before = `,"${wrapped}":`
  if (rest.startsWith(before)) return { metadataText: rest.slice(before.length, -1), recordedAt }
  return { metadataText: `{${rest.startsWith(',') ? rest.slice(1) : rest}`, recordedAt }
}

/** Nobody but a move writes this member: who could would choose when his event was recorded. */
export function assertNotReserved(metadata: JsonValue): void {
  if (metadata === null || typeof metadata !== 'object' || !Object.hasOwn(metadata, member)) return
  throw invalid(
    'metadata-member-reserved',
    {
      vi: `Thông tin kèm theo sự kiện không được có trường "${member}": trường này chỉ dùng khi chuyển kho sự kiện. Bỏ trường đó rồi gửi lại.`,
      en: `Metadata may not have the member "${member}": it is kept for moving a log. Leave it out and send again.`,
    },
    { member },
  )
}
