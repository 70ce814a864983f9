import type { ToldFact } from '../domain/dossier.commands.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { momentText } from '../domain/dossier.state.js'

/** A message as read from a line, in the form in which it is recorded: what nobody said is left out. */
export function toldFact(message: DossierMessage): ToldFact {
  const { type, id, occurredAt, recordedAtSource, data } = message
  const { appointment, newDate, signer, by, reason, corrects, change, due } = data
  const { procedure, agency, channel, step, apologyRule, delayCausedBy } = message
  const said = { procedure, agency, channel, step, apologyRule, delayCausedBy, appointment, newDate }
  const more = { signer, by, reason, corrects, due }
  return {
    type,
    id,
    occurredAt: momentText(occurredAt),
    ...(recordedAtSource !== null && { recordedAtSource: momentText(recordedAtSource) }),
    ...present({ ...said, ...more }),
    ...(change !== null && {
      change: 'void' in change ? change : { occurredAt: momentText(change.occurredAt) },
    }),
  }
}

type Present<Members> = { readonly [Name in keyof Members]?: NonNullable<Members[Name]> }

function present<Members extends object>(members: Members): Present<Members> {
  const said: Record<string, unknown> = {}
  for (const name of Object.keys(members)) {
    const value = (members as Record<string, unknown>)[name]
    if (value !== null) said[name] = value
  }
  return said as Present<Members>
}
