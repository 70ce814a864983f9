import type { Command } from 'commander'
import { operate, type Operation, type Projection } from '#engine'
import type { Actor } from '#engine/workflow'
import { notFound, type JsonValue } from '#kernel'
import { actAs } from '#platform'
import { exitCodes, type Answer } from '../output/answer.js'
import type { Session } from '../session.js'

/** A comparison of some gigabytes takes as long; the order is carried out whether anyone waits or not. */
const waitForEffectMs = 20_000

/** Puts an order on record in the operator's name and tells its effect. */
export async function order(
  { platform, actor }: Session,
  command: Command,
  view: string,
  transition: string,
  data: { readonly [member: string]: JsonValue },
): Promise<Answer> {
  projectionOf(platform.contexts, view)
  const by = await operatorOf(platform, actor, command)
  const operations = await operate(platform, { view, transition, data, actor: by }, waitForEffectMs)
  const failed = operations.some(({ state }) => state === 'failed')
  return {
    json: { view, transition, operations },
    text: operations.length === 0 ? notYet : operations.map(effectText).join(''),
    exitCode: failed ? exitCodes.refused : exitCodes.done,
  }
}

/** Whom the command names, else the operator of this machine. */
export async function operatorOf(
  platform: Session['platform'],
  actor: Actor,
  command: Command,
): Promise<Actor> {
  const { as } = command.optsWithGlobals<{ as?: string }>()
  return as === undefined ? actAs(platform, process.env['ROVIEC_OPERATOR'] ?? 'van-hanh') : actor
}

/**
 * The newest version that this program has of a view.
 *
 * @throws RoviecError `view-unknown`
 */
export function projectionOf(
  contexts: readonly { readonly projections: readonly Projection[] }[],
  view: string,
): Projection {
  const projections = contexts.flatMap((context) => context.projections)
  const versions = projections.filter(({ name }) => name === view).toSorted((a, b) => b.version - a.version)
  if (versions[0] !== undefined) return versions[0]
  const names = [...new Set(projections.map(({ name }) => name))]
  throw notFound(
    'view-unknown',
    {
      vi: `Không có bảng tra cứu “${view}”. Các bảng: ${names.join(', ')}.`,
      en: `There is no view ${view}. Views: ${names.join(', ')}.`,
    },
    { view, known: names },
  )
}

const notYet =
  'Đã ghi lệnh. Chưa có tiến trình nào thực hiện; lệnh sẽ được thực hiện khi hệ thống chạy (roviec serve).\n'

export const stateWords: Readonly<Record<Operation['state'], string>> = {
  pending: 'đang thực hiện',
  done: 'xong',
  failed: 'KHÔNG THỰC HIỆN ĐƯỢC',
}

const failureWords: Readonly<Record<string, string>> = {
  'rebuild-under-way': 'đang có một bản được dựng rồi; xem roviec projections status',
  'nothing-to-promote': 'không có bản mới nào để đưa vào sử dụng; dựng trước bằng roviec projections rebuild',
  'nothing-to-roll-back-to': 'không còn giữ bản trước',
  'nothing-parked': 'luồng này không có sự kiện nào bị giữ',
  'builds-differ':
    'bản mới khác số liệu đang dùng; kiểm tra rồi chạy lại với --accept-differences nếu chấp nhận',
  'builds-not-comparable':
    'không so sánh được vì bản đang dùng không chạy; cho chạy tiếp, hoặc dùng --accept-differences',
  'projection-unknown': 'chưa có tiến trình nào dựng bảng này',
}

interface TableTold {
  readonly table: string
  readonly before: number | null
  readonly after: number | null
  readonly same: boolean | null
}

/** One line for the build, then what its tables hold where they were compared. */
function effectText({ build, state, outcome }: Operation): string {
  const head = `${build === 0 ? '' : `Bản ${build}: `}${stateWords[state]}`
  const { code, failed, applied, discarded, tables } = (outcome ?? {}) as {
    code?: string
    failed?: { revision: string; code: string; message: string } | null
    applied?: number
    discarded?: number
    tables?: readonly TableTold[] | null
  }
  const lines = [head]
  if (code !== undefined) lines.push(`  ${failureWords[code] ?? code}`)
  if (applied !== undefined) lines.push(`  Đã xử lý ${applied} sự kiện, bỏ qua ${discarded ?? 0} sự kiện`)
  if (failed) lines.push(`  Sự kiện số ${failed.revision} vẫn lỗi: ${failed.code} (${failed.message})`)
  for (const { table, before, after, same } of tables ?? [])
    lines.push(`  ${table}: ${before ?? '–'} → ${after ?? '–'} dòng${same === false ? ', KHÁC NHAU' : ''}`)
  return `${lines.join('\n')}\n`
}
