import { process, type ProcessEvent } from '#engine'

const days = (from: string, count: number): string =>
  new Date(Date.parse(from) + count * 86_400_000).toISOString()
const instance = ({ stream }: ProcessEvent): string => stream.slice('conclusion-'.length)

/** Reminds the agency in charge every three days from the signature on, until it has finished; three times at most. */
export const followUp = process<{ reminders: number }, { what: 'signed' | 'due' | 'finished' }>({
  name: 'follow-up',
  version: 1,
  reacts: {
    'conclusion.Signed': { instance, input: () => ({ what: 'signed' }) },
    'conclusion.Finished': { instance, input: () => ({ what: 'finished' }) },
  },
  timers: { reminder: () => ({ what: 'due' }) },
  initial: { reminders: 0 },
  evolve: ({ reminders }, { what }) => ({ reminders: what === 'due' ? reminders + 1 : reminders }),
  decide({ what }, { reminders }, { instance: id, event, timers }) {
    if (what === 'finished') return { commands: [timers.cancel('reminder', 'đã hoàn thành')], ended: true }
    const again = timers.schedule('reminder', { at: days(event.occurredAt, 3) })
    if (what === 'signed') return { commands: [again] }
    const data = { number: reminders + 1 }
    const remind = { workflow: 'reminder', aggregate: id, transition: 'Send', data }
    return reminders < 2 ? { commands: [remind, again] } : { commands: [remind], ended: true }
  },
})
