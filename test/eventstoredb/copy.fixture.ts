// A process of its own that copies a log, slowly enough to be killed in the midst, and says how far it has come.
import { copyLog, openSource, openTarget } from '#event-store'

const [from, to] = process.argv.slice(2) as [string, string]
const source = await openSource(from)
const target = await openTarget(to)
const copied = await copyLog(source.store, target.store, target.writer, {
  pageSize: 20,
  onProgress: ({ phase, events }) => phase === 'copying' && console.log('copied', events),
})
console.log('done', JSON.stringify(copied))
await target.close()
await source.close()
process.exit()
