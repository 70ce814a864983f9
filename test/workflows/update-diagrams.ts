// npm run docs:workflows: draws every workflow from its table.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { currentDiagrams, fileOf, leftOver, stored } from './diagrams.js'

for (const diagram of currentDiagrams()) {
  if (stored(diagram) === diagram.content) continue
  mkdirSync(new URL('.', fileOf(diagram.path)), { recursive: true })
  writeFileSync(fileOf(diagram.path), diagram.content)
  console.log(diagram.path)
}
for (const path of leftOver()) {
  rmSync(fileOf(path))
  console.log(`${path}: removed`)
}
