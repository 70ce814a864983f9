import type { WorkflowCases } from '#testing/workflow'
import { calendarCases } from '../../libs/calendar/src/record/calendar.cases.test-support.js'
import {
  dossierCases,
  procedureCases,
  rejectionCases,
} from '../../libs/dossiers/src/domain/dossier.cases.test-support.js'
import { accountabilityCases } from '../../libs/accountability/src/domain/accountability.cases.test-support.js'
import { accountabilityRuleCases } from '../../libs/accountability/src/domain/accountability-rule.cases.test-support.js'
import { reportPeriodCases } from '../../libs/dossiers/src/domain/report-period.cases.test-support.js'
import { projectionCases } from '../../libs/engine/src/operating/projection.cases.test-support.js'
import { actorCases } from '../../libs/identity/src/domain/actor.cases.test-support.js'
import { agencyCases } from '../../libs/registry/src/domain/agency.cases.test-support.js'
import { processCases } from '../../libs/engine/src/processing/process.cases.test-support.js'
import { timerCases } from '../../libs/engine/src/timing/timer.cases.test-support.js'
import { planCases } from '../../libs/tasks/src/domain/plan.cases.test-support.js'
import { taskCases } from '../../libs/tasks/src/domain/task.cases.test-support.js'

/** The cases of every workflow of the system: a new workflow adds its own here, and is walked by every test below. */
export const allCases = [
  actorCases,
  agencyCases,
  calendarCases,
  dossierCases,
  accountabilityCases,
  accountabilityRuleCases,
  procedureCases,
  rejectionCases,
  reportPeriodCases,
  planCases,
  projectionCases,
  taskCases,
  timerCases,
  processCases,
] as unknown as readonly WorkflowCases[]
