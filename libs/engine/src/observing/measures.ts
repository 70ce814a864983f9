/** Is told what happens, to be counted; the engine itself keeps no numbers. Never throws. */
export interface Measures {
  /** Names of a command that the engine does not know are told as `unknown`: a sender cannot make up labels. */
  commanded(workflow: string, transition: string, outcome: string, seconds: number): void
  /** One append to the log, from the call to the answer. */
  appended(outcome: 'written' | 'repeated' | 'failed', seconds: number): void
  /** Attempts that came to nothing: told by the log, not to be written now, given up when the process stopped. */
  attempted(outcome: 'written' | 'failed' | 'lost', attempts: number): void
  /** A due time that was dealt with, so many seconds after it. */
  fired(secondsLate: number): void
}

export const unmeasured: Measures = {
  commanded: () => undefined,
  appended: () => undefined,
  attempted: () => undefined,
  fired: () => undefined,
}
