export { testKeys, testSealing } from './test-sealing.js'
export { decidedEvents, uncovered, walkWorkflow } from './walk-workflow.js'
export { commandOf, knownEventId, walkedAt, type Happened, type WorkflowCases } from './workflow-cases.js'
export { ProcessLab, type ProcessLabParts } from './process-lab.js'
