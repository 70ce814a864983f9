import type { JsonValue } from '#kernel'

/** Lines that tell what differs, by path: `deliverables.0.status: null → "completed"`. */
export function differences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return [
      `${path || '(all)'}: ${JSON.stringify(before) ?? 'nothing'} → ${JSON.stringify(after) ?? 'nothing'}`,
    ]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
  )
}

function isContainer(
  value: JsonValue | undefined,
): value is { readonly [name: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null
}
