import { createHash } from 'node:crypto'
import { RoviecError } from '#kernel'
import type { Projection } from './projection.js'

/**
 * Tells a projection from a changed one: over its tables, its events and the text of what it names as its rules.
 * White space, semicolons and quotes do not count, since a compiler sets them as it likes.
 *
 * Rejected: the text of every function called, which nobody can collect at run time. What a rule calls in its turn is
 * held by `test/golden`, where the rows that a view makes of stored events may not change under its version.
 */
export function fingerprintOf({ create, events, rules, apply }: Projection): string {
  const parts = (rules ?? [apply]).map((rule) => (typeof rule === 'object' ? rule.foldText : String(rule)))
  const texts = [create, ...events.toSorted(), ...parts].map((text) => text.replace(/[\s;'"`]+/g, ''))
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}

/** The code changed under a version that has rows already: they would come from two programs. */
export class ProjectionChanged extends RoviecError {
  override readonly name = 'ProjectionChanged'

  constructor(projection: string, version: number) {
    super(
      'fault',
      'projection-changed',
      {
        vi: `Cách tính bảng tra cứu ${projection} đã thay đổi mà vẫn mang số phiên bản ${version}. Nhà phát triển phải tăng số phiên bản; dữ liệu chưa bị ảnh hưởng.`,
        en: `The code of view ${projection} changed under version ${version}. Raise the version: a new one is filled beside the live one. Nothing was written.`,
      },
      { projection, version },
    )
  }
}
