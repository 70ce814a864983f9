import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CalendarSeed } from './calendar-seed.js'

const file = 'calendar.vn.json'

/** The calendar that comes with the program: beside the sources, one folder higher from the build. */
export function readCalendarSeed(): CalendarSeed {
  const paths = ['../../../../seeds', '../../../../../seeds'].map((folder) =>
    fileURLToPath(new URL(`${folder}/${file}`, import.meta.url)),
  )
  const path = paths.find((each) => existsSync(each)) ?? paths[0]!
  return JSON.parse(readFileSync(path, 'utf8')) as CalendarSeed
}
