import { workflow, type Deciding, type Input, type Party, type Workflow } from '#engine/workflow'
import type { Refusal, Text } from '#kernel'
import * as inputs from './dossier.commands.js'
import * as decisions from './dossier.decisions.js'
import { dossierPersonalFields, type DossierEvent, type DossierEvents } from './dossier.events.js'
import { evolveDossier } from './dossier.evolve.js'
import { clerk, head, reporter, supervisor, system, unit } from './dossier.parties.js'
import { absent, type DossierState, type DossierStatus } from './dossier.state.js'

/** Facts about a closed dossier are taken as well: what comes late must not be lost. */
const kept = ['open', 'closed'] as const
const open = ['open'] as const

function row<Command>(
  text: Text,
  input: Input<Command>,
  by: readonly Party<DossierState>[],
  decide: (act: Deciding<DossierState, Command>) => readonly DossierEvent[] | Refusal,
  { from = open, to = from }: { from?: readonly DossierStatus[]; to?: readonly DossierStatus[] } = {},
) {
  return { text, input, from, by, to, decide }
}

/**
 * A dossier (hồ sơ TTHC): facts as sources and officials tell them, in a stream of its own (`dossierKey`). One way in
 * for the facts of sources, which are taken and flagged; one for each act of our own, which may be refused.
 */
export const dossierWorkflow: Workflow<DossierState> = workflow<
  DossierState,
  inputs.DossierCommands,
  DossierEvents
>({
  name: 'dossier',
  initial: absent,
  statuses: {
    absent: { vi: 'chưa có', en: 'absent' },
    open: { vi: 'đang theo dõi', en: 'open' },
    closed: { vi: 'đã đóng', en: 'closed' },
  },
  personal: dossierPersonalFields,
  personalReaders: [unit, clerk, supervisor],
  transitions: {
    TakeMessages: row(
      { vi: 'Nhận thông tin hồ sơ', en: 'Take messages of a source' },
      inputs.TakeMessages,
      [reporter],
      decisions.takeMessages,
      { from: ['absent', 'open', 'closed'], to: kept },
    ),
    Explain: row(
      { vi: 'Giải trình trách nhiệm', en: 'Explain' },
      inputs.Explain,
      [unit, clerk],
      decisions.explain,
    ),
    AcceptExplanation: row(
      { vi: 'Chấp nhận giải trình', en: 'Accept the explanation' },
      inputs.AcceptExplanation,
      [head],
      decisions.acceptExplanation,
    ),
    RejectExplanation: row(
      { vi: 'Không chấp nhận giải trình', en: 'Reject the explanation' },
      inputs.RejectExplanation,
      [head],
      decisions.rejectExplanation,
    ),
    IssueApology: row(
      { vi: 'Ghi nhận văn bản xin lỗi', en: 'Issue an apology' },
      inputs.IssueApology,
      [unit, clerk],
      decisions.issueApology,
    ),
    DeliverApology: row(
      { vi: 'Gửi văn bản xin lỗi đến người dân', en: 'Deliver the apology' },
      inputs.DeliverApology,
      [unit, clerk],
      decisions.deliverApology,
      { from: kept },
    ),
    Close: row({ vi: 'Đóng hồ sơ', en: 'Close' }, inputs.Close, [head, clerk], decisions.close, {
      to: ['closed'],
    }),
    Correct: row({ vi: 'Đính chính', en: 'Correct' }, inputs.Correct, [clerk], decisions.correct, {
      from: kept,
    }),
    MarkOverdue: row(
      { vi: 'Ghi nhận quá hạn', en: 'Mark overdue' },
      inputs.MarkOverdue,
      [system],
      decisions.markOverdue,
      { from: kept },
    ),
    MarkSupplementExpired: row(
      { vi: 'Ghi nhận quá hạn bổ sung', en: 'Mark the supplement as expired' },
      inputs.MarkSupplementExpired,
      [system],
      decisions.markSupplementExpired,
      { from: kept },
    ),
  },
  evolve: evolveDossier,
})
