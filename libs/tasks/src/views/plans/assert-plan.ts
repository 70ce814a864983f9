import type { Database } from '#database'
import { notFound, type RoviecError } from '#kernel'

/**
 * A list of nothing would tell whoever mistypes a plan's code that nothing is late.
 *
 * @throws RoviecError `plan-unknown`
 */
export async function assertPlan(database: Database, code: string | undefined): Promise<void> {
  if (code === undefined) return
  const found = await database.query('SELECT FROM view.task_board_plan WHERE code = $1', [code])
  if (found.rowCount === 0) throw planUnknown(code)
}

export function planUnknown(code: string): RoviecError {
  return notFound(
    'plan-unknown',
    {
      vi: `Không có kế hoạch mã “${code}”. Kiểm tra lại mã.`,
      en: `There is no plan ${code}. Check the code.`,
    },
    { code },
  )
}
