import type { Command } from 'commander'
import { actorRecord, actorWorkflow, roles, showActor, type ActorShown } from '#identity'
import { notFound } from '#kernel'
import { agencyRecord, agencyWorkflow } from '#registry'
import { planRecord, planWorkflow } from '#tasks'
import { answering } from '../output/answer.js'
import { historyTable } from '../output/tables.js'
import { terminal } from '../output/table.js'
import { askAsOperator } from './acting.js'
import { operatorOf } from './operating.js'
import { addSendingOptions, send } from './sending.js'

/** Changes agencies, plans and actors, and shows what happened to them. */
export function addRegisterCommands(program: Command): void {
  addSendingOptions(
    program
      .command('agency-change <mã> <thao-tác>')
      .description(
        'ghi danh mục cơ quan: CreateAgency, RenameAgency, AddAlias, AssignCode, RecordSuccession, EndAgency / change the registry',
      ),
  ).action((aggregate: string, transition: string, _options, command: Command) =>
    answering(command, (session, options) =>
      send(session, agencyWorkflow, { aggregate, transition }, options, session.actor),
    ),
  )
  program
    .command('agency-history <mã>')
    .description('lịch sử một cơ quan trong danh mục / history of an agency')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const entries = await session.ask(agencyRecord.history, { id })
        return { json: entries, text: historyTable(entries, terminal.colour) }
      }),
    )

  addSendingOptions(
    program
      .command('plan-change <mã> <thao-tác>')
      .description('đăng ký hoặc đính chính kế hoạch: RegisterPlan, CorrectPlan / change a plan'),
  ).action((aggregate: string, transition: string, _options, command: Command) =>
    answering(command, (session, options) => {
      if (transition === 'RecordImport') throw comesAbout('roviec import')
      return send(session, planWorkflow, { aggregate, transition }, options, session.actor)
    }),
  )
  program
    .command('plan-history <mã>')
    .description('lịch sử một kế hoạch / history of a plan')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const entries = await session.ask(planRecord.history, { id })
        return { json: entries, text: historyTable(entries, terminal.colour) }
      }),
    )

  program
    .command('actor <mã>')
    .description('quyền và khóa truy cập của một người dùng / rights and keys of an actor')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const actor = await askAsOperator(session, command, showActor, { id })
        return { json: actor, text: actorText(actor) }
      }),
    )
  addSendingOptions(
    program
      .command('actor-change <mã> <thao-tác>')
      .description('ghi người dùng: Register, Change, Disable, Enable, RevokeKey / change an actor'),
  ).action((aggregate: string, transition: string, _options, command: Command) =>
    answering(command, async (session, options) => {
      if (transition === 'IssueKey') throw comesAbout('roviec key')
      const operator = await operatorOf(session.platform, session.actor, command)
      return send(session, actorWorkflow, { aggregate, transition }, options, operator)
    }),
  )
  program
    .command('actor-history <mã>')
    .description('lịch sử quyền và khóa của một người dùng / history of an actor')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const entries = await askAsOperator(session, command, actorRecord.history, { id })
        return { json: entries, text: historyTable(entries, terminal.colour) }
      }),
    )
}

function actorText({ id, title, status, agency, roles: held, scope, keys }: ActorShown): string {
  const scopes = scope === 'own' ? 'cơ quan mình' : scope === 'all' ? 'toàn tỉnh' : scope.join(', ')
  return [
    `${id}: ${title} (${actorWorkflow.statuses[status]!.vi})`,
    `Cơ quan: ${agency ?? '–'}`,
    `Vai trò: ${held.map((role) => roles[role].vi).join('; ')}`,
    `Phạm vi: ${scopes}`,
    `Khóa còn hiệu lực: ${keys.length === 0 ? '–' : keys.join(', ')}`,
    '',
  ].join('\n')
}

function comesAbout(command: string): Error {
  return notFound('transition-unknown', {
    vi: `Việc này được ghi nhận bằng lệnh: ${command}.`,
    en: `This comes about by another command: ${command}.`,
  })
}
