import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Command } from '#engine'
import type { Plan } from './scale-workload.js'

/** What a process of the scale test is for. */
export type Role =
  | {
      readonly kind: 'write'
      readonly plan: Plan
      readonly writer: number
      readonly inFlight: number
      /** A line for each command that was answered. */
      readonly noteFile: string
      /** It kills itself when so many were answered. */
      readonly diesAfter?: number
    }
  | { readonly kind: 'work' }

/** What both a compiled process of a bench and one of a test can do. */
export interface Child {
  line(prefix: string): Promise<string>
  tell(line: string): void
  readonly ended: Promise<number | null>
  complaints(): string
}

/** A command that was answered: who asks later knows from this alone what must be there. */
export interface Answered {
  readonly id: string
  readonly aggregate: string
  readonly transition: string
  readonly amount: number
  readonly revision: number
}

/** @param revision of the aggregate after the command */
export function lineOf(
  { id, aggregate, transition, data }: Omit<Command, 'actor'>,
  revision: bigint,
): string {
  const amount = (data as { readonly amount?: number }).amount ?? 0
  return `${id} ${aggregate} ${transition} ${amount} ${revision}\n`
}

export function answeredOf(line: string): Answered {
  const [id, aggregate, transition, amount, revision] = line.split(' ') as [
    string,
    string,
    string,
    string,
    string,
  ]
  return { id, aggregate, transition, amount: Number(amount), revision: Number(revision) }
}

/** The fixture beside this file as it was compiled, in a process of its own. */
export function compiledChild(url: string, role: Role): Child {
  const script = fileURLToPath(new URL('./scale.fixture.js', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify({ url, role })], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      process.off('exit', killWithUs)
      resolve(code)
    }),
  )
  return {
    async line(prefix) {
      for (;;) {
        const { done, value } = await lines.next()
        if (done === true) throw new Error(`a process ended before it said ${prefix}: ${stderr}`)
        if (value.startsWith(prefix)) return value.slice(prefix.length).trim()
      }
    },
    tell: (line) => void child.stdin.write(`${line}\n`),
    ended,
    complaints: () => stderr,
  }
}
