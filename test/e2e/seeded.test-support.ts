import { testMasterKey, testProcess, type Template } from '#testing'

/** The agencies, officials and the calendar. */
export const based = filledBy('based')

/** What a first start leaves: these, both real plans and the dossiers of the demonstration. */
export const seeded = filledBy('seeded')

function filledBy(name: 'based' | 'seeded'): Template {
  return {
    name,
    async fill(url) {
      const settings = { ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: testMasterKey }
      const script = new URL('seed.fixture.ts', import.meta.url)
      const seeding = testProcess(script, [JSON.stringify(settings), name])
      if ((await seeding.ended) !== 0) throw new Error(`seeding failed: ${seeding.errors()}`)
    },
  }
}
