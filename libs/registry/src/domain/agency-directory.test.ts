import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { AgencyRecord } from './agency.js'
import { createDirectory } from './agency-directory.js'
import { agencyId } from './agency-seed.js'
import { splitParties } from '#documents'
import { seededRecords, seeds } from './seeded-registry.fixture.js'

const directory = createDirectory(seededRecords().values())
const sonLa = (name: string, date = '2025-07-20') => directory.resolve(name, { date, province: 'son-la' })
const langSon = (name: string, date = '2021-02-01') => directory.resolve(name, { date, province: 'lang-son' })

describe('the day of the document', () => {
  it('gives an agency that has ended with its successors, under its own name', () => {
    expect(sonLa('Sở Kế hoạch và Đầu tư', '2025-06-01')).toEqual({
      status: 'found',
      id: agencyId('son-la', 'Sở Kế hoạch và Đầu tư'),
      name: 'Sở Kế hoạch và Đầu tư',
      validFrom: null,
      validTo: '2025-03-31',
      successors: [
        { id: agencyId('son-la', 'Sở Tài chính'), name: 'Sở Tài chính', date: '2025-04-01', kind: 'merge' },
      ],
    })
  })

  it.each([
    ['Sở TT&TT', 'Sở Khoa học và Công nghệ'],
    ['Sở GTVT', 'Sở Xây dựng'],
    ['Sở LĐTBXH', 'Sở Nội vụ'],
    ['Sở NN&PTNT', 'Sở Nông nghiệp và Môi trường'],
    ['Sở TN&MT', 'Sở Nông nghiệp và Môi trường'],
    ['Ban Dân tộc', 'Sở Dân tộc và Tôn giáo'],
  ])('%s went into %s in both provinces', (ended, successor) => {
    for (const answer of [sonLa(ended), langSon(ended, '2025-07-20')]) {
      expect(answer.successors.map(({ name }) => name)).toEqual([successor])
    }
  })

  it('names an agency as it was called on the day', () => {
    const before = sonLa('UBND huyện Mộc Châu', '2024-10-01')
    const after = sonLa('UBND huyện Mộc Châu', '2025-03-01')
    expect(before.name).toBe('UBND huyện Mộc Châu')
    expect(after).toMatchObject({ status: 'found', id: before.id, name: 'UBND thị xã Mộc Châu' })
    expect(sonLa('UBND thị xã Mộc Châu', '2025-09-01')).toMatchObject({
      id: before.id,
      validTo: '2025-06-30',
    })
  })

  it('ends the districts on 30/6/2025 and passes them to the 75 communes, each to at least one', () => {
    const districts = seeds[1]!.agencies.filter(({ kind }) => kind === 'district')
    const communes = seeds[1]!.agencies.filter(({ kind }) => kind === 'commune')
    const answers = districts.map(({ name }) => sonLa(name, '2025-12-01'))
    expect(districts).toHaveLength(12)
    expect(answers.map(({ validTo }) => validTo)).toEqual(districts.map(() => '2025-06-30'))
    expect(answers.flatMap(({ successors }) => successors.map(({ name }) => name)).sort()).toEqual(
      communes.map(({ name }) => name).sort(),
    )
    expect(communes.filter(({ name }) => name.startsWith('UBND xã '))).toHaveLength(67)
    expect(communes.filter(({ name }) => name.startsWith('UBND phường '))).toHaveLength(8)
  })

  it.each([
    ['Sở Nông nghiệp và Môi trường', '2024-06-01'],
    ['UBND xã Vân Hồ', '2025-06-30'],
    ['Thuế tỉnh', '2025-06-30'],
    ['UBND thị xã Mộc Châu', '2025-01-31'],
  ])('does not know %s on %s, before it was so called', (name, date) => {
    expect(sonLa(name, date)).toMatchObject({ status: 'unknown', id: null })
  })

  it('keeps a spelling that has come to mean others to its time', () => {
    const name = 'Trung tâm phục vụ hành chính công'
    expect(sonLa(name, '2025-01-20').name).toBe('Trung tâm Phục vụ hành chính công tỉnh')
    expect(sonLa(name, '2025-07-20')).toMatchObject({
      status: 'ambiguous',
      candidates: [{ name: 'Trung tâm Phục vụ hành chính công tỉnh' }],
    })
    expect(langSon('Cục Hải quan').name).toBe('Cục Hải quan tỉnh')
    expect(langSon('Cục Hải quan', '2025-07-20').name).toBe('Cục Hải quan')
  })

  it('follows the tax office through both reorganisations of 2025', () => {
    const first = sonLa('Cục Thuế tỉnh', '2025-08-01')
    const second = directory.resolve(first.successors[0]!.name, { date: '2025-08-01', province: 'H52' })
    expect(second.successors).toMatchObject([{ name: 'Thuế tỉnh', date: '2025-07-01', kind: 'split' }])
  })
})

describe('agencies of one name at different times', () => {
  const office = (id: string, given: Partial<AgencyRecord>): AgencyRecord => ({
    id,
    province: 'son-la',
    kind: 'commune',
    names: [{ name: 'UBND xã Vân Hồ', from: null }],
    aliases: [],
    codes: [],
    parent: null,
    validFrom: null,
    validTo: null,
    successions: [],
    ...given,
  })
  const ask = (records: readonly AgencyRecord[], date: string) =>
    createDirectory(records).resolve('UBND xã Vân Hồ', { date, province: 'son-la' })

  it('are told apart by the day', () => {
    const both = [office('old', { validTo: '2025-06-30' }), office('new', { validFrom: '2025-07-01' })]
    expect(ask(both, '2025-06-30').id).toBe('old')
    expect(ask(both, '2025-07-01').id).toBe('new')
  })

  it('are taken for the one that bore the name last, once all have ended; for none when they ended together', () => {
    const first = office('first', { validTo: '2013-06-10' })
    const second = office('second', { validFrom: '2013-06-11', validTo: '2025-06-30' })
    const third = office('third', { validTo: '2025-06-30' })
    expect(ask([first, second], '2026-01-01').id).toBe('second')
    expect(ask([first, second, third], '2026-01-01')).toMatchObject({
      status: 'ambiguous',
      candidates: [{ id: 'second' }, { id: 'third' }],
    })
  })

  it('are taken for the one that bears it, not for one that bore it before', () => {
    const renamed = office('renamed', {
      names: [
        { name: 'UBND xã Vân Hồ', from: null },
        { name: 'UBND phường Vân Hồ', from: '2024-01-01' },
      ],
    })
    const heir = office('heir', { validFrom: '2024-01-01' })
    expect(ask([renamed, heir], '2023-12-31').id).toBe('renamed')
    expect(ask([renamed, heir], '2024-01-01').id).toBe('heir')
    expect(ask([renamed], '2024-01-01')).toMatchObject({ id: 'renamed', name: 'UBND phường Vân Hồ' })
  })

  it('are listed when both bear it', () => {
    expect(ask([office('a', {}), office('b', {})], '2024-01-01').candidates).toHaveLength(2)
  })
})

describe('the province', () => {
  it('tells agencies of the same name apart, by slug, name or code of the province', () => {
    const ask = (province: string) => directory.resolve('Sở Tư pháp', { date: '2021-02-01', province }).id
    const [here, there] = [agencyId('son-la', 'Sở Tư pháp'), agencyId('lang-son', 'Sở Tư pháp')]
    expect(here).not.toBe(there)
    expect(['son-la', 'Sơn La', 'tỉnh Sơn La', 'SƠN LA', 'H52', '000.00.00.H52'].map(ask)).toEqual(
      Array.from({ length: 6 }, () => here),
    )
    expect(['lang-son', 'Lạng Sơn'].map(ask)).toEqual([there, there])
    expect(ask('ha-noi')).toBeNull()
  })

  it('is the one that the name itself speaks of', () => {
    const there = agencyId('lang-son', 'Sở Tư pháp')
    expect(sonLa('Sở Tư pháp tỉnh Lạng Sơn').id).toBe(there)
    expect(sonLa('UBND tỉnh Lạng Sơn').id).toBe(agencyId('lang-son', 'UBND tỉnh'))
  })

  it('is never left out of the name of a body of the whole country', () => {
    const ofCountry = seeds[0]!.agencies.map(({ name }) => name)
    const ofProvince = (name: string): readonly string[] => {
      const written = ['tỉnh', 'tỉnh Sơn La', 'Sơn La', '(tỉnh Sơn La)'].map((words) => `${name} ${words}`)
      return written.filter((text) => ofCountry.includes(sonLa(text).name ?? ''))
    }
    expect(ofCountry.flatMap(ofProvince)).toEqual([])
    expect(sonLa('Cục Hải quan tỉnh').status).toBe('unknown')
    expect(langSon('Cuc Hai quan tinh', '2025-07-20').name).toBe('Cục Hải quan tỉnh')
    expect(sonLa('Kho bạc Nhà nước Sơn La').candidates?.map(({ name }) => name)).toEqual([
      'Kho bạc Nhà nước tỉnh',
      'Kho bạc Nhà nước khu vực X',
    ])
  })
})

describe('what is not certain', () => {
  it.each([
    'Sở',
    'Sở Ngoại vụ',
    'UBND xã Mường Lan Anh',
    'UBND tỉnh Hà Giang',
    '',
    '???',
    'Ban',
    'Kho bạc Nhà nước khu vực XI',
    'Bảo hiểm xã hội khu vực I',
    'Sở Nội vụ; Sở Tài chính',
  ])('says that %j is unknown', (name) => {
    expect(sonLa(name)).toEqual({
      status: 'unknown',
      id: null,
      name: null,
      validFrom: null,
      validTo: null,
      successors: [],
    })
  })

  it('does not take one commune for another by a slip', () => {
    expect(sonLa('UBND xã Mường Lạm').status).toBe('unknown')
    expect(sonLa('UBND xã Chiềng Sơ').name).toBe('UBND xã Chiềng Sơ')
    expect(sonLa('UBND xã Chiềng Sơn').name).toBe('UBND xã Chiềng Sơn')
  })

  it('lists what an incomplete name may mean', () => {
    const districts = sonLa('UBND huyện', '2025-01-01')
    expect(districts).toMatchObject({ status: 'ambiguous', id: null, name: null })
    expect(districts.candidates).toHaveLength(11)
    expect(sonLa('Sở Nông nghiệp').candidates?.map(({ name }) => name)).toEqual([
      'Sở Nông nghiệp và Môi trường',
      'Sở Nông nghiệp và Phát triển nông thôn',
    ])
    expect(sonLa('Sở TTT').candidates?.map(({ name }) => name)).toEqual(['Sở Thông tin và Truyền thông'])
    expect(sonLa('UBND Sơn La').status).toBe('ambiguous')
    expect(sonLa('Công an Sơn La').candidates?.map(({ name }) => name)).toEqual(['Công an tỉnh'])
    expect(sonLa('UBND xã').candidates).toHaveLength(67)
  })

  it('never passes over a word that it does not know', () => {
    const named = seeds.flatMap(({ province, agencies }) =>
      agencies.map(({ name }) => ({ name, province: province ?? 'son-la' })),
    )
    // No word or abbreviation of Vietnamese has these letters.
    const foreign = fc.string({ unit: fc.constantFrom('f', 'j', 'w', 'z'), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...named), foreign, fc.nat(), ({ name, province }, word, place) => {
        const words = name.split(' ')
        words.splice(place % (words.length + 1), 0, word)
        const { status } = directory.resolve(words.join(' '), { date: '2025-07-20', province })
        expect(status).not.toBe('found')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('collective parties', () => {
  it.each([
    ['Các sở, ban, ngành', 'Các sở, ban, ngành'],
    ['các Sở, ban, ngành', 'Các sở, ban, ngành'],
    ['Sở, ban, ngành', 'Các sở, ban, ngành'],
    ['Sở, ban, ngành tỉnh', 'Các sở, ban, ngành'],
    ['Các sở, ban ngành', 'Các sở, ban, ngành'],
    ['cac so, ban, nganh', 'Các sở, ban, ngành'],
    ['UBND các xã, phường', 'UBND các xã, phường'],
    ['UBND các các xã, phường', 'UBND các xã, phường'],
    ['UBND cấp xã', 'UBND các xã, phường'],
    ['Ủy ban nhân dân các xã, phường', 'UBND các xã, phường'],
    ['UBND các huyện, thành phố', 'UBND các huyện, thành phố'],
    ['UBND các huyêṇ, thành phố', 'UBND các huyện, thành phố'],
    ['Các cơ quan, đươn vị có liên quan', 'Các cơ quan, đơn vị có liên quan'],
    ['cơ quan, đơn vị có liên quan', 'Các cơ quan, đơn vị có liên quan'],
    ['các cơ quan, đơn vị liên quan', 'Các cơ quan, đơn vị có liên quan'],
  ])('%s stays one party, %s', (spelling, name) => {
    expect(sonLa(spelling)).toMatchObject({ status: 'collective', id: agencyId('son-la', name), name })
  })

  it('gives one that nobody listed an id of its own, the same for each of its spellings', () => {
    const answer = sonLa('các Doanh nghiệp trên địa bàn')
    expect(answer).toMatchObject({ status: 'collective', name: 'các Doanh nghiệp trên địa bàn' })
    expect(sonLa('Các doanh nghiệp  trên địa bàn').id).toBe(answer.id)
    expect(langSon('các Doanh nghiệp trên địa bàn').id).not.toBe(answer.id)
  })

  it('ends that of the districts with them', () => {
    expect(sonLa('UBND các huyện, thành phố')).toMatchObject({
      validTo: '2025-06-30',
      successors: [{ name: 'UBND các xã, phường' }],
    })
  })
})

describe('the two tables', () => {
  it('name no party that is unknown or ambiguous', () => {
    const tables = ['phu-luc-2025.csv', 'phu-luc-2021-2025.csv'].flatMap((file) => {
      const path = new URL(`../../../../seeds/${file}`, import.meta.url)
      return (parse(readFileSync(path), { bom: true }) as string[][]).slice(1)
    })
    const cells = tables.flatMap((row) => [row[3]!, row[4]!])
    const parties = [...new Set(cells.flatMap(splitParties))]
    const unsure = parties.filter((party) => !['found', 'collective'].includes(sonLa(party).status))
    expect(parties.length).toBeGreaterThan(30)
    expect(unsure).toEqual([])
  })
})
