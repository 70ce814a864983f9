import { newId, RoviecError, type Clock } from '#kernel'
import type { Database } from '#database'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { actorOf, actorWorkflow } from '../domain/actor.workflow.js'
import { formatApiKey, hashSecret, newSecret, parseApiKey, secretMatches } from './api-key.js'
import { insertCredential, selectCredential } from './credential.sql.js'

/** A revoked key or a changed role takes effect within this time; it spares most requests the look-up. */
const rememberedMs = 5_000

/** Bounded, so that a flood of different keys cannot fill the memory. */
const rememberedKeys = 1_000

/** API keys: issued once, kept as hashes, checked against the record of their actor. */
export class Credentials {
  readonly #remembered = new Map<string, { readonly actor: Actor; readonly until: number }>()

  constructor(
    private readonly database: Database,
    private readonly commands: CommandHandler,
    private readonly clock: Clock,
  ) {}

  /**
   * A new key for the actor; the only time its secret is seen.
   *
   * The hash is stored before the event: after a crash in between, the key is of no use, since the actor's record
   * does not list it.
   */
  async issue(actorId: string, by: Actor): Promise<string> {
    const keyId = newId()
    const secret = newSecret()
    await this.database.query(insertCredential, [keyId, actorId, hashSecret(secret)])
    await this.commands.handleOrThrow({
      id: newId(),
      workflow: actorWorkflow.name,
      aggregate: actorId,
      transition: 'IssueKey',
      data: { keyId },
      actor: by,
    })
    return formatApiKey({ keyId, secret })
  }

  /** @throws RoviecError kind `unauthenticated`: no word of which part was wrong. */
  async authenticate(text: string): Promise<Actor> {
    const now = this.clock.now().getTime()
    const known = this.#remembered.get(text)
    if (known !== undefined && known.until > now) return known.actor
    const actor = await this.#look(text)
    if (actor === null) throw unauthenticated()
    this.#remember(text, actor, now + rememberedMs)
    return actor
  }

  async #look(text: string): Promise<Actor | null> {
    const key = parseApiKey(text)
    if (key === null) return null
    const found = await this.database.query<{ actor: string; secret_hash: Buffer }>(selectCredential, [
      key.keyId,
    ])
    const row = found.rows[0]
    if (row === undefined || !secretMatches(key.secret, row.secret_hash)) return null
    const { state } = await this.commands.load(actorWorkflow, row.actor)
    return state.status === 'active' && state.keys.includes(key.keyId) ? actorOf(row.actor, state) : null
  }

  #remember(text: string, actor: Actor, until: number): void {
    this.#remembered.delete(text)
    this.#remembered.set(text, { actor, until })
    if (this.#remembered.size > rememberedKeys) this.#remembered.delete(this.#remembered.keys().next().value!)
  }
}

function unauthenticated(): RoviecError {
  return new RoviecError('unauthenticated', 'unauthenticated', {
    vi: 'Chưa đăng nhập hoặc khóa truy cập không còn hiệu lực. Gửi khóa trong tiêu đề “Authorization: Bearer rv_…”.',
    en: 'No valid key was given. Send it as “Authorization: Bearer rv_…”.',
  })
}
