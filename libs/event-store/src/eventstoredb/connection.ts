import { Appends } from './appends.js'
import { versionUnsupported } from './errors.js'
import { HealthRecord } from './health.js'
import { IncidentWatch } from './incident-watch.js'
import { KnownStreams } from './known-streams.js'
import { LogPages } from './log-pages.js'
import { LogTail } from './log-tail.js'
import { Transport, versionWithinMs } from './transport.js'
import { whyNotOpened } from './why-not-opened.js'

/** The first version with all this adapter asks for that its makers still kept when it was written: 23.10. */
const leastVersion = [23, 10] as const

/** What a store works with over one client: reading, appending, following, and what it has seen so far. */
export class Connection {
  readonly pages: LogPages
  readonly known = new KnownStreams()
  readonly appends: Appends
  readonly tail: LogTail
  readonly incidents: IncidentWatch
  readonly health = new HealthRecord()
  readonly closing = new AbortController()

  private constructor(
    readonly transport: Transport,
    readonly serverVersion: string,
  ) {
    this.pages = new LogPages(transport)
    this.appends = new Appends(transport, this.pages, this.known, this.health)
    this.tail = new LogTail(transport, this.pages, this.health, this.closing.signal)
    this.incidents = new IncidentWatch(transport, this.pages, this.appends)
  }

  /** Throws what `EventStoreDbEventStore.open` names. */
  static async open(url: string): Promise<Connection> {
    const transport = new Transport(url)
    try {
      const version = await transport.serverVersion(versionWithinMs)
      if (!isSupported(version)) throw versionUnsupported(version)
      const connection = new Connection(transport, version)
      await connection.pages.head()
      return connection
    } catch (error) {
      await transport.close().catch(() => undefined)
      throw await whyNotOpened(url, error)
    }
  }
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > leastVersion[0] || (major === leastVersion[0] && minor >= leastVersion[1])
}
