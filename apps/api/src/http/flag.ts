import { invalid } from '#kernel'

/**
 * Whether a dry run is wished for. A wish that is not understood must not become an entry in the record.
 *
 * @throws RoviecError `dry-run-invalid`.
 */
export function flag(text: unknown): boolean {
  if (text === undefined || text === 'false') return false
  if (text === 'true' || text === '') return true
  throw invalid('dry-run-invalid', {
    vi: 'Giá trị của dryRun phải là true hoặc false. Chưa có gì được ghi.',
    en: 'dryRun must be true or false. Nothing was recorded.',
  })
}
