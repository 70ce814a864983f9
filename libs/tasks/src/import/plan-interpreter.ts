import { invalid } from '#kernel'
import { planCodePattern } from '../domain/inputs/assignment.input.js'
import { maxDeliverables } from '../domain/inputs/fields.js'
import { warnings } from './import-warnings.js'
import type {
  ImportWarning,
  InterpretedPlan,
  InterpretedSection,
  InterpretedTask,
} from './interpreted-plan.js'
import type { PlanReading } from './plan-reading.js'
import { cellText, isFurniture, otherTexts, type PlanRow } from './plan-row.js'
import { readTask, type TaskRows } from './read-task.js'
import { readLabel } from './row-label.js'
import { SttSequence } from './stt-sequence.js'

/** Where tasks stand that come before any section. */
const noSection = '0'

/**
 * Reads a plan table row by row: a task is given out as soon as the next row that is not its own arrives, so that a
 * table of any length takes the memory of one task and of the labels used in its section.
 *
 * What a row says is never refused: what cannot be read is left out and told, with its row number.
 */
export class PlanInterpreter {
  readonly #reading: PlanReading
  readonly #sectionUses = new Map<string, number>()
  #section: string | null = null
  #sequence = new SttSequence()
  #open: (TaskRows & { readonly rows: PlanRow[] }) | null = null
  #found = 0
  #out = emptyPlan()

  /** @throws RoviecError `plan-code-invalid`. */
  constructor(reading: PlanReading) {
    if (!planCodePattern.test(reading.plan))
      throw invalid(
        'plan-code-invalid',
        {
          vi: `Mã kế hoạch "${reading.plan}" không hợp lệ: chỉ gồm chữ không dấu, số và các dấu . _, tối đa 32 ký tự, ví dụ CCHC2025.`,
          en: `The plan code "${reading.plan}" is not valid: plain letters, digits and . _ only, at most 32 characters, such as CCHC2025.`,
        },
        { plan: reading.plan },
      )
    this.#reading = reading
  }

  /** What became certain with this row: sections opened, tasks ended, things to tell. */
  push(row: PlanRow): InterpretedPlan {
    if (!isFurniture(row)) this.#read(row)
    return this.#flush()
  }

  /** The last task, and what can only be told of the whole. */
  finish(): InterpretedPlan {
    this.#close()
    const { declared } = this.#reading
    if (declared !== undefined && declared !== this.#found)
      this.#out.warnings.push(warnings.declaredCountDiffers(declared, this.#found))
    return this.#flush()
  }

  #read(row: PlanRow): void {
    const label = readLabel(row.cells.stt ?? '')
    if (label.type === 'none') return this.#continue(row)
    this.#close()
    if (label.type === 'section') this.#openSection(row, label.id, label.title)
    else if (label.type === 'task') this.#openTask(row, label.label, label.number)
    else this.#tell(warnings.malformedRow(row.row, cellText(row, 'stt')))
  }

  /** A row without STT is a further deliverable of the task above, whose product it names. */
  #continue(row: PlanRow): void {
    const named = cellText(row, 'product') !== '' || cellText(row, 'title') !== ''
    const full = this.#open !== null && this.#open.rows.length >= maxDeliverables
    if (this.#open === null || full || !named) this.#tell(warnings.malformedRow(row.row, ''))
    else this.#open.rows.push(row)
  }

  #openSection(row: PlanRow, id: string, titleBesideNumber: string | null): void {
    const uses = (this.#sectionUses.get(id) ?? 0) + 1
    this.#sectionUses.set(id, uses)
    this.#section = uses === 1 ? id : `${id}:${uses}`
    this.#sequence = new SttSequence(this.#sequence.last)
    const title = titleBesideNumber ?? cellText(row, 'title')
    this.#out.sections.push({ id: this.#section, title, row: row.row })
    if (uses > 1) this.#tell(warnings.sectionRepeated(row.row, id, this.#section))
    // Merged cells read as the same text in every column they span.
    if (otherTexts(row, 'stt', 'title').some((text) => text !== title))
      this.#tell(warnings.sectionWithOtherCells(row.row, this.#section))
  }

  #openTask(row: PlanRow, label: string, number: number | null): void {
    if (this.#section === null) {
      this.#section = noSection
      this.#out.sections.push({ id: noSection, title: '', row: row.row })
      this.#tell(warnings.taskBeforeSection(row.row))
    }
    const prefix = `${this.#reading.plan}-${this.#section}-`
    const { unique, warnings: told } = this.#sequence.next(row.row, label, number, prefix)
    this.#tell(...told)
    if (cellText(row, 'title') === '' && cellText(row, 'product') === '')
      return this.#tell(warnings.malformedRow(row.row, label))
    this.#found += 1
    this.#open = { code: prefix + unique, section: this.#section, stt: label, rows: [row] }
  }

  #close(): void {
    if (this.#open === null) return
    const read = readTask(this.#open, this.#reading)
    this.#open = null
    this.#out.tasks.push(read.task)
    this.#tell(...read.warnings)
  }

  #tell(...told: readonly ImportWarning[]): void {
    this.#out.warnings.push(...told)
  }

  #flush(): InterpretedPlan {
    const out = this.#out
    this.#out = emptyPlan()
    return out
  }
}

function emptyPlan(): {
  readonly sections: InterpretedSection[]
  readonly tasks: InterpretedTask[]
  readonly warnings: ImportWarning[]
} {
  return { sections: [], tasks: [], warnings: [] }
}
