import { connect, createServer, type Socket } from 'node:net'

/** A connection through this proxy can be cut, or left to hang, while both ends believe in it. */
export interface TcpProxy {
  readonly port: number
  /** Ends every connection at once, both ways, as when a cable is pulled and the switch says so. */
  cut(): void
  /** From now on nothing gets through and nobody is told; new connections are taken and say nothing. */
  hang(): void
  /** Lets new connections through again. Those that hung are cut. */
  heal(): void
  readonly connections: number
  close(): Promise<void>
}

/** @param target the port on this machine that connections are passed on to */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let hanging = false
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', (data) => hanging || to.write(data))
      from.on('error', end)
      from.on('close', () => hanging || end())
    }
  })
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    pairs.clear()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    hang: () => void (hanging = true),
    heal: () => {
      hanging = false
      cut()
    },
    get connections() {
      return pairs.size
    },
    close: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
