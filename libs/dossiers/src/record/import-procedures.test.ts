import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { clerk, connector, partsOver } from '../ingest/ingest.test-support.js'
import { importProcedures, type ProcedureImport } from './import-procedures.js'
import { ProcedureReader } from './procedure-reader.js'

const heading = 'Mã TTHC,Tên thủ tục,Thời hạn giải quyết,Hiệu lực từ,Bổ sung,Dừng khi chờ phí,Các bước,Căn cứ'

function started() {
  const store = new InMemoryEventStore()
  const { commands } = partsOver(store, { now: () => new Date('2026-01-05T00:00:00Z') })
  const run = async (rows: readonly string[], options: ProcedureImport = {}, actor = clerk) => {
    const told: string[] = []
    const bytes = Buffer.from([heading, ...rows].join('\n'))
    for await (const { row, outcome, problem } of importProcedures({ commands, actor }, { bytes }, options))
      told.push([row, outcome, ...(problem === null ? [] : [problem.code])].join(' '))
    return told
  }
  return { store, run, reader: new ProcedureReader(store) }
}

describe('a table of procedures', () => {
  it('is recorded row by row; a wrong row stops none, the same table again changes nothing', async () => {
    const { store, run, reader } = started()
    const rows = [
      '1.001,Cấp giấy phép,10 ngày làm việc,01/01/2026,tính lại,Có,"Một cửa: 0,5 ngày làm việc; Sở: 9 ngày làm việc",QĐ 1',
      '1.002,Đăng ký,trong ngày,,,,,QĐ 1',
      '1.003,Gia hạn,mười ngày,,,,,QĐ 1',
      ',Không mã,5 ngày,,,,,QĐ 1',
      '1.004,Không căn cứ,5 ngày,,,,,',
      '1.005,Cờ sai,5 ngày,,,có thể,,QĐ 1',
      '1.006,Bước sai,5 ngày,,,,Sở làm,QĐ 1',
      '1.007,Ngày sai,5 ngày,31/02/2026,,,,QĐ 1',
      '1.008,Ba ngày rưỡi,"3,5 ngày làm việc",,,,,QĐ 1',
      '1.009,Không đơn vị,15,,,,,QĐ 1',
      '1.010,Bước không đơn vị,15 ngày,,,,Sở: 9,QĐ 1',
    ]
    expect(await run(rows)).toEqual([
      '2 added',
      '3 added',
      '4 rejected time-unread',
      '5 rejected cell-missing',
      '6 rejected invalid-input',
      '7 rejected flag-unread',
      '8 rejected steps-unread',
      '9 rejected invalid-input',
      '10 added',
      '11 rejected time-unread',
      '12 rejected steps-unread',
    ])
    expect(await reader.find('1.001')).toMatchObject({
      revision: 1,
      versions: [
        {
          validFrom: '2026-01-01',
          within: { unit: 'working-days', amount: 10 },
          supplement: 'restart',
          feeStopsClock: true,
          steps: [
            { id: '1', agency: 'Một cửa', within: { unit: 'half-days', amount: 1 } },
            { id: '2', agency: 'Sở', within: { unit: 'working-days', amount: 9 } },
          ],
        },
      ],
    })
    const head = await store.head()
    expect((await run(rows)).filter((row) => row.endsWith('unchanged'))).toHaveLength(3)
    expect(await store.head()).toBe(head)
  })

  it('that differs from the record is told, and recorded with a reason only', async () => {
    const { run, reader } = started()
    const row = (time: number) => `1.001,Cấp giấy phép,${time} ngày làm việc,,,,,QĐ 1`
    await run([row(10)])
    expect(await run([row(12)])).toEqual(['2 changed procedure-version-differs'])
    expect(await run([row(12)], { reason: 'Ghi nhầm', dryRun: true })).toEqual(['2 corrected'])
    expect(await reader.find('1.001')).toMatchObject({ revision: 1 })
    expect(await run([row(12)], { reason: 'Ghi nhầm' })).toEqual(['2 corrected'])
    expect(await reader.find('1.001')).toMatchObject({ revision: 2, versions: [{ within: { amount: 12 } }] })
    // What dossiers have pinned is still there.
    expect(await reader.revision('1.001', 1)).toMatchObject({ versions: [{ within: { amount: 10 } }] })
    expect(await reader.revision('1.001', 3)).toBeNull()
  })

  it('takes what the rows leave out from the import, and is not for everyone', async () => {
    const { run, reader } = started()
    await run(['1.001,Cấp giấy phép,10 ngày,,,,,'], { document: 'QĐ 2/QĐ-UBND', issuedOn: '2025-12-20' })
    expect(await reader.find('1.001')).toMatchObject({
      versions: [{ source: { document: 'QĐ 2/QĐ-UBND', issuedOn: '2025-12-20' } }],
    })
    await expect(run(['1.001,x,10 ngày,,,,,QĐ'], {}, connector)).rejects.toMatchObject({
      code: 'not-permitted',
    })
  })
})

describe('the demo', () => {
  it('says of every procedure and of every dossier that it is made up', () => {
    const seed = (name: string) => readFileSync(new URL(`../../../../seeds/${name}`, import.meta.url), 'utf8')
    const [, ...procedures] = seed('procedures.demo.csv').trim().split('\n')
    expect(
      procedures.every((row) => row.startsWith('DEMO-') && row.includes('không phải thủ tục có thật')),
    ).toBe(true)
    const lines = seed('dossiers.demo.ndjson').trim().split('\n')
    const dossiers = lines.map((each) => JSON.parse(each) as { source: string; dossier: string })
    expect(
      dossiers.every(({ source, dossier }) => source === 'minh-hoa' && dossier.startsWith('DEMO-')),
    ).toBe(true)
  })
})
