import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of rule data that comes with the program: beside the sources, one folder higher from the build. */
export function readSeed<Content>(file: string): Content {
  const paths = ['../../../../seeds', '../../../../../seeds'].map((folder) =>
    fileURLToPath(new URL(`${folder}/${file}`, import.meta.url)),
  )
  const path = paths.find((each) => existsSync(each)) ?? paths[0]!
  return JSON.parse(readFileSync(path, 'utf8')) as Content
}
