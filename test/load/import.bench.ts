import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { MasterKeys, reached } from '#engine'
import { findActor, importPlanFile, openPlatform, readConfig, seedBase } from '#platform'
import { boardProjection } from '#tasks'
import { freshDatabase } from './logs.js'

export interface ImportBenchOptions {
  readonly imported: number
}

const agencies = ['Sở Tư pháp', 'Sở Nội vụ', 'Sở Y tế', 'Sở Tài chính', 'Văn phòng UBND tỉnh']

/** A long table to a visible board: rows per second beside COPY of the same bytes, and whether memory stays flat. */
export async function importBench(server: string, { imported }: ImportBenchOptions): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'roviec-import-'))
  const file = join(directory, 'plan.csv')
  await writeTable(file, imported)
  const url = await freshDatabase(server, 'bench_import')
  const copied = await copy(url, file, imported)
  console.log(`Import of ${imported} rows to a visible board`)
  console.log(`  COPY of the same bytes                       ${copied.toFixed(0).padStart(9)} rows/s`)
  const eventStoreDbUrl = process.env['ROVIEC_TEST_EVENTSTORE_URL']
  await importOver('import', { ROVIEC_DATABASE_URL: url })
  if (eventStoreDbUrl)
    await importOver('import over EventStoreDB', {
      ROVIEC_DATABASE_URL: await freshDatabase(server, 'bench_import_eventstoredb'),
      ROVIEC_EVENTSTORE_URL: eventStoreDbUrl,
    })
  await rm(directory, { recursive: true })

  async function importOver(name: string, environment: Readonly<Record<string, string>>): Promise<void> {
    const platform = await openPlatform(
      readConfig({ ...environment, ROVIEC_MASTER_KEY: MasterKeys.generate() }),
    )
    await seedBase(platform)
    platform.startWorker()
    const clerk = await findActor(platform, 'van-thu-vpub')
    const memory = watchMemory()
    const begin = performance.now()
    const report = await importPlanFile(
      platform,
      { path: file },
      { code: `LONG${Date.now()}`, issuer: 'UBND tỉnh', year: 2025 },
      clerk,
    )
    await reached(platform.database, boardProjection, BigInt(report.position), 600_000)
    const seconds = (performance.now() - begin) / 1_000
    const { early, peak } = memory.stop()
    await platform.close()
    const done = `${name} (${report.tasks} tasks, ${report.recorded} events)`
    console.log(
      `  ${done.padEnd(44)} ${(imported / seconds).toFixed(0).padStart(9)} rows/s  ${(imported / seconds / copied).toFixed(4)}×`,
    )
    console.log(
      `  memory: ${megabytes(early)} MB early on, ${megabytes(peak)} MB at its peak, grown by ${megabytes(peak - early)} MB`,
    )
  }
}

/** COPY of the lines, as one text column, into a table without an index. */
async function copy(url: string, file: string, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table copied (line text)')
  const { size } = await stat(file)
  const begin = performance.now()
  await copyIn(client, file)
  const seconds = (performance.now() - begin) / 1_000
  await client.end()
  if (size === 0) throw new Error('The table is empty.')
  return rows / seconds
}

/** The protocol's own words: bare `pg` has no stream for COPY. */
async function copyIn(client: pg.Client, file: string): Promise<void> {
  const connection = (client as unknown as { connection: CopyConnection }).connection
  const done = new Promise<void>((resolve, reject) => {
    client.once('error', reject)
    const query = new pg.Query("copy copied from stdin with (format csv, quote e'\\x01', delimiter e'\\x02')")
    Object.assign(query, {
      handleCopyInResponse: () => {
        void (async () => {
          for await (const chunk of createReadStream(file)) connection.sendCopyFromChunk(chunk as Buffer)
          connection.endCopyFrom()
        })().catch(reject)
      },
    })
    query.once('end', resolve)
    query.once('error', reject)
    client.query(query)
  })
  await done
}

interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** Resident memory, looked at every tenth of a second; the first two seconds fill caches and do not count. */
function watchMemory(): { stop(): { early: number; peak: number } } {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(process.memoryUsage().rss), 100)
  return {
    stop() {
      clearInterval(timer)
      const early = Math.max(...samples.slice(0, Math.max(20, Math.floor(samples.length / 10))))
      return { early, peak: Math.max(...samples) }
    },
  }
}

async function writeTable(file: string, rows: number): Promise<void> {
  const handle = await open(file, 'w')
  await handle.write(
    'STT,Nội dung,Sản phẩm,Cơ quan chủ trì,Cơ quan phối hợp,Thời gian,Ghi chú\nI,PHẦN I,,,,,\n',
  )
  for (let row = 1; row <= rows; row++) {
    const day = `${String((row % 28) + 1).padStart(2, '0')}/${String((row % 12) + 1).padStart(2, '0')}/2025`
    const note = row % 3 === 0 ? `Đã hoàn thành (Kế hoạch số ${row}/KH-UBND ngày ${day} của UBND tỉnh)` : ''
    await handle.write(
      `${row},Ban hành kế hoạch số ${row} về tuyên truyền phổ biến giáo dục pháp luật,Kế hoạch của UBND tỉnh,${agencies[row % agencies.length]},"Các sở, ban, ngành; UBND các xã, phường",Tháng ${(row % 12) + 1}/2025,${note}\n`,
    )
  }
  await handle.close()
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0)
}
