import type { LocalDate } from '#calendar'
import type { AgencyRecord } from './agency.js'
import { agencyWords } from './agency-name.js'
import { alignName, exactly, isOneSlipAway, withoutMarks } from './name-alignment.js'
import type { WrittenForm } from './written-forms.js'

/** One spelling of one agency. */
export interface IndexedName {
  readonly record: AgencyRecord
  readonly words: readonly string[]
  /** First day of an official name; null for aliases. */
  readonly from: LocalDate | null
  /** First day of the official name that replaced this one. */
  readonly replaced: LocalDate | null
  /** Last day on which an alias meant this agency. */
  readonly until: LocalDate | null
}

export interface AgencyIndex {
  readonly names: readonly IndexedName[]
  readonly byWords: ReadonlyMap<string, readonly IndexedName[]>
  /** Every word of every name: none of them is taken for a misspelt other. */
  readonly vocabulary: ReadonlySet<string>
}

type Test = (form: WrittenForm, name: IndexedName, index: AgencyIndex) => boolean

const abbreviated: Test = (form, name) => alignName(form.words, name.words, exactly) === 'whole'
const unmarked: Test = (form, name) => alignName(form.words, name.words, withoutMarks) === 'whole'

/**
 * A slip is forgiven in the names of offices only: those of communes and districts are proper names, where one letter
 * makes another place (Chiềng Sơ, Chiềng Sơn).
 */
const misspelt: Test = (form, { record, words }, { vocabulary }) =>
  record.kind !== 'commune' && record.kind !== 'district' && isOneSlipAway(form.words, words, vocabulary)

export function indexNames(records: Iterable<AgencyRecord>): AgencyIndex {
  const names: IndexedName[] = []
  const byWords = new Map<string, IndexedName[]>()
  for (const record of records) {
    for (const name of namesOf(record)) {
      names.push(name)
      const key = name.words.join(' ')
      byWords.set(key, [...(byWords.get(key) ?? []), name])
    }
  }
  return { names, byWords, vocabulary: new Set(names.flatMap(({ words }) => words)) }
}

/**
 * The names that the text is a spelling of: in full words first, then abbreviated, then without marks, then with one
 * slip; the first of these that fits anything decides, so that a looser reading never competes with a stricter one.
 */
export function findNames(
  index: AgencyIndex,
  forms: readonly WrittenForm[],
  isUnmarked: boolean,
  date: LocalDate,
): readonly IndexedName[] {
  for (const form of forms) {
    const hits = (index.byWords.get(form.words.join(' ')) ?? []).filter((name) => isUsed(form, name, date))
    if (hits.length > 0) return hits
  }
  for (const test of isUnmarked ? [abbreviated, unmarked] : [abbreviated, misspelt]) {
    for (const form of forms) {
      const hits = index.names.filter((name) => isUsed(form, name, date) && test(form, name, index))
      if (hits.length > 0) return hits
    }
  }
  return []
}

/** The names that begin with the text, where it says more than one word of them: "UBND huyện", not "Sở". */
export function findBeginnings(
  index: AgencyIndex,
  form: WrittenForm,
  isUnmarked: boolean,
  date: LocalDate,
): readonly IndexedName[] {
  const same = isUnmarked ? withoutMarks : exactly
  return index.names.filter(
    (name) =>
      isUsed(form, name, date) &&
      alignName(form.words, name.words, same) === 'beginning' &&
      alignName(form.words, name.words.slice(0, 1), same) === 'none',
  )
}

/** Whether the text may speak of the agency, by its province, and the spelling was in use on the day. */
function isUsed(form: WrittenForm, { record, until }: IndexedName, date: LocalDate): boolean {
  const isHere = record.province === null ? !form.isProvincial : record.province === form.province
  return isHere && (until === null || date <= until)
}

function namesOf(record: AgencyRecord): IndexedName[] {
  const official = record.names.map(({ name, from }, position) => ({
    record,
    words: agencyWords(name),
    from,
    replaced: record.names[position + 1]?.from ?? null,
    until: null,
  }))
  const aliases = record.aliases.map(({ alias, to }) => ({
    record,
    words: agencyWords(alias),
    from: null,
    replaced: null,
    until: to,
  }))
  return [...official, ...aliases]
}
