import type { Command } from 'commander'
import { copyLog, openSource, openTarget, type CopiedLog, type CopyProgress } from '#event-store'
import { withEventStoreAccount } from '#platform'
import { exitCodes, print, type Options } from '../output/answer.js'

/** Milliseconds between two lines of progress where there is no terminal to write over. */
const lineEveryMs = 5_000

const phases: Readonly<Record<CopyProgress['phase'], string>> = {
  comparing: 'đối chiếu phần đã có',
  copying: 'sao chép',
  verifying: 'kiểm tra lại kho đích',
}

/** The event log as a whole. Needs no read models and takes no part in the running system. */
export function addLogCommands(program: Command): void {
  program
    .command('log')
    .description('kho sự kiện / the event log')
    .command('copy')
    .description(
      'chuyển toàn bộ kho sự kiện sang kho khác; chạy lại thì làm tiếp / copy a whole log; run again to go on',
    )
    .requiredOption('--from <địa-chỉ>', 'postgresql://…, esdb://…, embedded:<thư mục>')
    .requiredOption('--to <địa-chỉ>', 'kho trống, hoặc kho đang sao chép dở từ cùng nguồn')
    .option(
      '--while-running',
      'sao lưu khi hệ thống đang chạy: phần được ghi trong lúc sao chép để lần sau / for backups of a running system',
    )
    .option('--json', 'một tài liệu JSON')
    .action(async (_options, command: Command) => {
      const { from, to, whileRunning, json } = command.optsWithGlobals<
        Options & { from: string; to: string }
      >()
      const copied = await copy(
        withEventStoreAccount(from, process.env),
        withEventStoreAccount(to, process.env),
      )
      print(
        {
          json: copied,
          text: copiedText(copied),
          exitCode: isDone(copied, whileRunning === true) ? exitCodes.done : exitCodes.refused,
        },
        json === true,
      )
    })
}

async function copy(from: string, to: string): Promise<CopiedLog> {
  const source = await openSource(from)
  try {
    const target = await openTarget(to)
    try {
      const line = progressLine()
      const copied = await copyLog(source.store, target.store, target.writer, { onProgress: line.show })
      line.end()
      return copied
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** A copy that lacks what came meanwhile is none that may be switched to, but as good a backup as any taken then. */
function isDone({ difference, sourceGrew }: CopiedLog, whileRunning: boolean): boolean {
  return difference === null && (whileRunning || !sourceGrew)
}

function copiedText({
  events,
  written,
  sourceDigest,
  targetDigest,
  difference,
  sourceGrew,
}: CopiedLog): string {
  const lines = [
    `Kho đích có ${events} sự kiện, lần này ghi ${written}.`,
    `SHA-256 kho nguồn  ${sourceDigest}`,
    `SHA-256 kho đích   ${targetDigest}`,
  ]
  if (difference !== null) {
    const { number, source, target } = difference
    const told = (place: typeof source): string =>
      place === null ? 'không có' : `${place.stream} phiên bản ${place.revision}, ${place.id}`
    lines.push(
      `HAI KHO KHÁC NHAU từ sự kiện thứ ${number}: nguồn ${told(source)}; đích ${told(target)}.`,
      'Không dùng kho đích này. Sao chép lại vào một kho trống, không để chương trình nào khác ghi vào đó.',
    )
  } else if (sourceGrew)
    lines.push(
      'Kho nguồn vẫn đang được ghi: kho đích chỉ có đến thời điểm bắt đầu. Nếu là bản sao lưu thì như vậy là đủ. Để chuyển sang kho đích, dừng mọi chương trình ghi vào kho nguồn rồi chạy lại lệnh này để lấy phần còn lại.',
    )
  else
    lines.push('Hai kho giống nhau. Dữ liệu tra cứu phải dựng lại trên kho mới; xem hướng dẫn trong deploy/.')
  return `${lines.join('\n')}\n`
}

/** One line that is written over at a terminal; elsewhere a line now and then. Standard error, beside the answer. */
function progressLine(): { show(progress: CopyProgress): void; end(): void } {
  const overwrites = process.stderr.isTTY
  let shown = 0
  let phase = ''
  return {
    show(progress) {
      const now = Date.now()
      if (phase === progress.phase && now - shown < (overwrites ? 100 : lineEveryMs)) return
      shown = now
      phase = progress.phase
      const text = `${phases[progress.phase]}: ${progress.events} sự kiện`
      process.stderr.write(overwrites ? `\r\u001b[K${text}` : `${text}\n`)
    },
    end: () => void (overwrites && process.stderr.write('\r\u001b[K')),
  }
}
