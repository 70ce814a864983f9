import { posix } from 'node:path'
import { attribute, visitXml } from './xml-reader.js'
import type { ZipArchive } from './zip-archive.js'

interface Relation {
  readonly id: string
  /** Last part of the relation's type: "worksheet", "sharedStrings". The rest differs between editions. */
  readonly type: string
  /** Name of the part in the package. */
  readonly target: string
}

/** Relations of a part (`_rels/….rels`), of the package itself for ''; none where it has no such file. */
export async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const directory = posix.dirname(part)
  const file = posix.join(directory, '_rels', `${posix.basename(part)}.rels`)
  const relations: Relation[] = []
  if (!archive.has(file)) return relations
  await visitXml(file, archive.read(file), {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = attribute(attributes, 'Target') ?? ''
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: posix.basename(attribute(attributes, 'Type') ?? ''),
        target: target.startsWith('/') ? target.slice(1) : posix.join(directory, target),
      })
    },
  })
  return relations
}

/** The part a package is about: the workbook or the document. */
export async function mainPart(archive: ZipArchive): Promise<string | null> {
  const [main] = (await relationsOf(archive, '')).filter((relation) => relation.type === 'officeDocument')
  return main?.target ?? ['xl/workbook.xml', 'word/document.xml'].find((part) => archive.has(part)) ?? null
}
