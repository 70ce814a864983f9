import type { LocalDate } from '#calendar'
import { tidyVietnamese } from '#kernel'
import { nameOn, provinceSlug, type AgencyRecord, type SuccessionKind } from './agency.js'
import { findBeginnings, findNames, indexNames, type IndexedName } from './agency-index.js'
import { agencyWords, isUnmarked } from './agency-name.js'
import { collectiveId, collectiveKey, isSameCollective } from './collective.js'
import { writtenForms, type WrittenForm } from './written-forms.js'

interface AgencyQuestion {
  /** The day of the document that uses the name. */
  readonly date: LocalDate
  /** Slug, name or code (`qd20-2020`) of the province whose document it is. */
  readonly province: string
}

interface ResolvedSuccessor {
  readonly id: string
  readonly name: string
  readonly date: LocalDate
  readonly kind: SuccessionKind
}

/**
 * `found`: one agency bears the name, or bore it last and has ended. `collective`: a party that stands for several.
 * `ambiguous`: the name is incomplete, or fits several agencies; `candidates` names them. `unknown`: none of these.
 */
export interface ResolvedAgency {
  readonly status: 'found' | 'unknown' | 'ambiguous' | 'collective'
  readonly id: string | null
  /** The official name on the day asked for; after the end of the agency its last. */
  readonly name: string | null
  readonly validFrom: LocalDate | null
  /** Its last day. */
  readonly validTo: LocalDate | null
  readonly successors: readonly ResolvedSuccessor[]
  readonly candidates?: readonly { readonly id: string; readonly name: string }[]
}

export interface AgencyDirectory {
  /**
   * The agency that a document of that day means by the name, in any spelling. Never guesses: what is not certain is
   * `ambiguous` or `unknown`. A name that is used after its agency ended gives that agency with its successors; one
   * used before its agency existed is unknown.
   */
  resolve(name: string, question: AgencyQuestion): ResolvedAgency
}

const nobody: ResolvedAgency = {
  status: 'unknown',
  id: null,
  name: null,
  validFrom: null,
  validTo: null,
  successors: [],
}

/** An immutable directory over the records as they stand. */
export function createDirectory(records: Iterable<AgencyRecord>): AgencyDirectory {
  const byId = new Map([...records].map((record) => [record.id, record]))
  const collectives = [...byId.values()].map(withKeys).filter(({ keys }) => keys.length > 0)
  // Collectives that only their name tells ("Văn phòng HĐND, UBND tỉnh") are found by it, as any agency is.
  const index = indexNames([...byId.values()].filter((each) => withKeys(each).keys.length === 0))
  const provinces = new Set([...byId.values()].flatMap(({ province }) => province ?? []))
  const slugOfCode = new Map(
    [...byId.values()].flatMap(({ province, codes }) =>
      codes.map(({ code }) => [code.toLowerCase(), province]),
    ),
  )

  function resolve(name: string, question: AgencyQuestion): ResolvedAgency {
    const province = slugOfCode.get(question.province.trim().toLowerCase()) ?? provinceSlug(question.province)
    return lookUp(name, { province, words: agencyWords(name), isProvincial: false }, question.date)
  }

  function lookUp(name: string, written: WrittenForm, date: LocalDate): ResolvedAgency {
    const key = collectiveKey(name)
    if (key !== null) return collective(name, key, written.province, date)
    const forms = writtenForms(written, provinces)
    const borne = bearers(findNames(index, forms, isUnmarked(name), date), date)
    if (borne.length === 1) return found(borne[0]!, date)
    if (borne.length > 1) return ambiguous(borne, date)
    const incomplete = forms.flatMap((form) => findBeginnings(index, form, isUnmarked(name), date))
    const meant = distinct(incomplete.filter(({ record }) => hasBegun(record.validFrom, date)))
    return meant.length > 0 ? ambiguous(meant, date) : withoutBrackets(name, written, forms, date)
  }

  /** A remark in brackets is passed over; a province in brackets is one of the `forms` and goes on to decide. */
  function withoutBrackets(
    name: string,
    written: WrittenForm,
    forms: readonly WrittenForm[],
    date: LocalDate,
  ): ResolvedAgency {
    const bare = name.replace(/\([^()]*\)/gu, ' ')
    const words = agencyWords(bare)
    if (words.length === 0 || words.length === written.words.length) return nobody
    const same = forms.find((form) => form.words.join(' ') === words.join(' '))
    return lookUp(bare, same ?? { ...written, words }, date)
  }

  function found(record: AgencyRecord, date: LocalDate): ResolvedAgency {
    return {
      status: record.kind === 'collective' ? 'collective' : 'found',
      id: record.id,
      name: nameOn(record, date),
      validFrom: record.validFrom,
      validTo: record.validTo,
      successors: record.successions.flatMap(({ successor, date: from, kind }) => {
        const next = byId.get(successor)
        return next === undefined ? [] : [{ id: successor, name: nameOn(next, from), date: from, kind }]
      }),
    }
  }

  function collective(name: string, key: string, province: string, date: LocalDate): ResolvedAgency {
    const here = collectives.filter(({ record }) => record.province === province)
    const listed =
      here.find(({ keys }) => keys.includes(key)) ??
      here.find(({ keys }) => keys.some((each) => isSameCollective(key, each, index.vocabulary)))
    if (listed !== undefined) return found(listed.record, date)
    return { ...nobody, status: 'collective', id: collectiveId(province, key), name: tidyVietnamese(name) }
  }

  return { resolve }
}

/**
 * Of the agencies that ever bore the name, those a document of that day means: the ones that existed then, under a
 * name then in force rather than a former one; else the one that bore it last.
 */
function bearers(names: readonly IndexedName[], date: LocalDate): readonly AgencyRecord[] {
  const known = names.filter(({ record, from }) => hasBegun(record.validFrom, date) && hasBegun(from, date))
  const alive = known.filter(({ record }) => record.validTo === null || record.validTo >= date)
  const current = alive.filter(({ replaced }) => replaced === null || replaced > date)
  if (current.length > 0) return distinct(current)
  if (alive.length > 0) return distinct(alive)
  const last = known.reduce((latest, { record }) => (record.validTo! > latest ? record.validTo! : latest), '')
  return distinct(known.filter(({ record }) => record.validTo === last))
}

function hasBegun(from: LocalDate | null, date: LocalDate): boolean {
  return from === null || from <= date
}

function distinct(names: readonly IndexedName[]): AgencyRecord[] {
  return [...new Set(names.map(({ record }) => record))]
}

function ambiguous(records: readonly AgencyRecord[], date: LocalDate): ResolvedAgency {
  const candidates = records.map((record) => ({ id: record.id, name: nameOn(record, date) }))
  return { ...nobody, status: 'ambiguous', candidates }
}

function withKeys(record: AgencyRecord): { readonly record: AgencyRecord; readonly keys: readonly string[] } {
  if (record.kind !== 'collective') return { record, keys: [] }
  const spellings = [...record.names.map(({ name }) => name), ...record.aliases.map(({ alias }) => alias)]
  return { record, keys: spellings.flatMap((spelling) => collectiveKey(spelling) ?? []) }
}
