import { refuse } from '#kernel'
import { party } from '../workflow/actor.js'
import { workflow, type EventOf } from '../workflow/workflow.js'
import {
  DiscardEvents,
  OrderWithReason,
  PromoteProjection,
  RebuildProjection,
  ReplayStream,
} from './projection.commands.js'
import type { ProjectionEvents } from './projection.events.js'

/** A view as its operators have left it. */
export interface ProjectionState {
  readonly status: 'running' | 'paused'
}

interface ProjectionCommands {
  Rebuild: RebuildProjection
  Promote: PromoteProjection
  Rollback: OrderWithReason
  Pause: OrderWithReason
  Resume: OrderWithReason
  Replay: ReplayStream
  Discard: DiscardEvents
}

const operator = party<ProjectionState>(
  'operator',
  { vi: 'người vận hành hệ thống', en: 'operator' },
  (actor) => actor.roles.includes('operator'),
)
const system = party<ProjectionState>('system', { vi: 'hệ thống', en: 'system' }, (actor) =>
  actor.roles.includes('system'),
)

const event = <Type extends keyof ProjectionEvents>(
  type: Type,
  data: ProjectionEvents[Type],
): EventOf<ProjectionEvents>[] => [{ type, data } as EventOf<ProjectionEvents>]

const everywhere = ['running', 'paused'] as const
const unchanged = (state: ProjectionState): ProjectionState => state

/**
 * What operators do to a view: ordered here, so that actor and reason stand in the log, and carried out by the workers
 * that read it. One stream per view.
 */
export const projectionWorkflow = workflow<ProjectionState, ProjectionCommands, ProjectionEvents>({
  name: 'projection',
  initial: { status: 'running' },
  statuses: {
    running: { vi: 'đang chạy', en: 'running' },
    paused: { vi: 'tạm dừng', en: 'paused' },
  },
  transitions: {
    Rebuild: {
      text: { vi: 'Dựng lại bảng tra cứu', en: 'Rebuild' },
      input: RebuildProjection,
      from: everywhere,
      by: [operator],
      to: everywhere,
      decide: ({ command: { version, reason } }) => event('projection.RebuildOrdered', { version, reason }),
    },
    Promote: {
      text: { vi: 'Đưa bản mới vào sử dụng', en: 'Promote' },
      input: PromoteProjection,
      from: everywhere,
      by: [operator, system],
      to: everywhere,
      decide: ({ command: { version, reason, acceptDifferences = false } }) =>
        event('projection.PromotionOrdered', { version, acceptDifferences, reason }),
    },
    Rollback: {
      text: { vi: 'Quay lại bản trước', en: 'Roll back' },
      input: OrderWithReason,
      from: everywhere,
      by: [operator],
      to: everywhere,
      decide: ({ command: { reason } }) => event('projection.RollbackOrdered', { reason }),
    },
    Pause: {
      text: { vi: 'Tạm dừng cập nhật', en: 'Pause' },
      input: OrderWithReason,
      from: ['running'],
      by: [operator],
      to: ['paused'],
      decide: ({ command: { reason } }) => event('projection.Paused', { reason }),
    },
    Resume: {
      text: { vi: 'Tiếp tục cập nhật', en: 'Resume' },
      input: OrderWithReason,
      from: ['paused'],
      by: [operator],
      to: ['running'],
      decide: ({ command: { reason } }) => event('projection.Resumed', { reason }),
    },
    Replay: {
      text: { vi: 'Xử lý lại sự kiện bị giữ', en: 'Replay parked events' },
      input: ReplayStream,
      from: everywhere,
      by: [operator],
      to: everywhere,
      decide: ({ command: { stream, reason } }) => event('projection.ReplayOrdered', { stream, reason }),
    },
    Discard: {
      text: { vi: 'Bỏ qua sự kiện bị giữ', en: 'Discard parked events' },
      input: DiscardEvents,
      from: everywhere,
      by: [operator],
      to: everywhere,
      decide: ({ command: { stream, first, last, reason } }) =>
        BigInt(first) > BigInt(last)
          ? refuse(
              'revisions-reversed',
              {
                vi: `Không bỏ qua được từ sự kiện số ${first} đến số ${last}: số đầu lớn hơn số cuối.`,
                en: `Revisions ${first} to ${last} are none: the first is greater than the last.`,
              },
              { first, last },
            )
          : event('projection.Discarded', { stream, first, last, reason }),
    },
  },
  evolve: {
    'projection.RebuildOrdered': unchanged,
    'projection.PromotionOrdered': unchanged,
    'projection.RollbackOrdered': unchanged,
    'projection.Paused': () => ({ status: 'paused' }),
    'projection.Resumed': () => ({ status: 'running' }),
    'projection.ReplayOrdered': unchanged,
    'projection.Discarded': unchanged,
  },
})
