import { readFile } from 'node:fs/promises'

/** What Linux tells every user about a process; elsewhere only that it exists. */
export interface RunningProcess {
  /** Name of the program, where it is known. */
  readonly name: string | undefined
  /**
   * Differs for a later process with the same pid. In containers pids begin at 1 again at every start, so that a
   * pid alone often names another process, even ourselves.
   */
  readonly identity: string
}

/** @returns undefined when no such process runs. One that has ended and waits for its parent does not run. */
export async function findProcess(pid: number): Promise<RunningProcess | undefined> {
  if (!exists(pid)) return undefined
  if (process.platform !== 'linux') return { name: undefined, identity: String(pid) }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // "pid (name) state …": the name may contain anything, also parentheses. See proc_pid_stat(5).
  const nameEnd = stat.lastIndexOf(')')
  const fields = stat.slice(nameEnd + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  // The 22nd field overall: clock ticks from boot to start.
  const startedAt = fields[19]
  return { name: stat.slice(stat.indexOf('(') + 1, nameEnd), identity: `${pid} ${startedAt}` }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
