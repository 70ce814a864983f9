import type { Database } from '#database'
import { notFound, RoviecError } from '#kernel'
import { dossierKey } from '../../domain/stream-key.js'

/**
 * The key of the dossier that a code means. Codes are unique within their source only; one that several sources use
 * needs the source beside it.
 *
 * @throws RoviecError `dossier-unknown`, `dossier-ambiguous`.
 */
export async function locateDossier(
  database: Database,
  { code, source }: { readonly code: string; readonly source?: string | undefined },
): Promise<string> {
  if (source !== undefined) return dossierKey(source, code)
  // The index of codes is read from their end, for those who look for the last figures.
  const found = await database.query<{ key: string; source: string }>(
    `SELECT key, source FROM view.dossier_board_dossier WHERE reverse(code) = reverse($1) ORDER BY source LIMIT 20`,
    [code],
  )
  const [first, second] = found.rows
  if (first === undefined) throw dossierUnknown(code)
  if (second !== undefined)
    throw ambiguous(
      code,
      found.rows.map((row) => row.source),
    )
  return first.key
}

export function dossierUnknown(code: string): RoviecError {
  return notFound(
    'dossier-unknown',
    {
      vi: `Không có hồ sơ mã “${code}”. Kiểm tra lại mã.`,
      en: `There is no dossier ${code}. Check the code.`,
    },
    { code },
  )
}

function ambiguous(code: string, sources: readonly string[]): RoviecError {
  return new RoviecError(
    'invalid',
    'dossier-ambiguous',
    {
      vi: `Có ${sources.length} hồ sơ cùng mã “${code}” ở các hệ thống: ${sources.join(', ')}. Nêu thêm hệ thống nguồn.`,
      en: `${sources.length} systems have a dossier ${code}: ${sources.join(', ')}. Name the source as well.`,
    },
    { code, sources },
  )
}
