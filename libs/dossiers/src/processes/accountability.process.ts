import {
  process,
  type Lookup,
  type Process,
  type ProcessCommand,
  type ProcessEvent,
  type TimerFired,
} from '#engine'
import { dutiesCommand } from '#accountability'
import { deriveId } from '#kernel'
import { dossierMessageTypes } from '../domain/dossier.message.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { seeDossier } from './see-dossier.js'
import type { Sight } from './sight.js'
import { look, nothingWatched, type Act, type Watch } from './watch.js'

const name = 'accountability'

/** What the process raises itself changes no clock. */
const raised: readonly string[] = ['Overdue', 'SupplementExpired']

const prefix = `${dossierWorkflow.name}-`

/** An instance's id is shorter than an aggregate's. */
const longestInstance = 79

export function instanceOf(key: string): string {
  return key.length <= longestInstance ? key : `d::${deriveId('accountability', key)}`
}

const reaction = {
  instance: ({ stream }: ProcessEvent): string => instanceOf(stream.slice(prefix.length)),
  input: ({ stream, recordedAt }: ProcessEvent, lookup: Lookup): Promise<Sight> =>
    seeDossier(lookup, stream.slice(prefix.length), { at: recordedAt, fired: null }),
}

/** Timers are named by their moment, so that no setting of one can meet another. */
function ownTimer({ owner }: TimerFired): boolean {
  return owner.kind === 'process' && owner.name === name
}

/**
 * Rule of accountability (100% hồ sơ chậm phải giải trình và xin lỗi): watches the legal due date of every dossier,
 * announces and raises its passing, opens the duties by name, reminds, escalates, and closes them. It reads no clock:
 * its moments are those of events and of timers.
 */
export const accountabilityProcess: Process = process<Watch, Sight>({
  name,
  version: 3,
  reacts: {
    ...Object.fromEntries(
      dossierMessageTypes
        .filter((type) => !raised.includes(type))
        .map((type) => [`dossier.${type}`, reaction]),
    ),
    'timer.Fired': {
      instance: ({ data }) => (ownTimer(data as TimerFired) ? (data as TimerFired).owner.id : null),
      input({ data, recordedAt }, lookup) {
        const { dueAt, data: carried } = data as TimerFired
        const at = recordedAt > dueAt ? recordedAt : dueAt
        return seeDossier(lookup, carried!['dossier'] as string, { at, fired: dueAt })
      },
    },
  },
  initial: nothingWatched,
  evolve: (watch, sight) => look(watch, sight).watch,
  decide(sight, watch, { timers }) {
    const timer = (act: Extract<Act, { readonly at: string }>): ProcessCommand =>
      act.kind === 'cancel-wake'
        ? timers.cancel(act.at, 'không còn cần theo dõi thời điểm này')
        : { ...timers.schedule(act.at, { at: act.at, data: { dossier: sight.key } }), tolerates: isSet }
    const commands = look(watch, sight).acts.map((act) => ('at' in act ? timer(act) : commandOf(act, sight)))
    return { commands }
  },
})

/** A timer of this moment is pending already. */
const isSet = ['transition-not-allowed']

/** A dossier with more facts than any real one takes no more: what is owed is opened all the same. */
const isFull = ['dossier-full']

function commandOf(act: Exclude<Act, { readonly at: string }>, sight: Sight): ProcessCommand {
  const { key, source, dossier } = sight
  const onDossier = (transition: string, due: string): ProcessCommand => ({
    workflow: dossierWorkflow.name,
    aggregate: key,
    transition,
    data: { due },
    tolerates: isFull,
  })
  switch (act.kind) {
    case 'expire-supplement':
      return onDossier('MarkSupplementExpired', act.due)
    case 'mark-overdue':
      return onDossier('MarkOverdue', act.due)
    default:
      return dutiesCommand(act, { ...sight, aggregate: key, of: { source, dossier } })
  }
}
