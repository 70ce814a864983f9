export { EngineModule } from './engine.module.js'
export { ViewQuery } from './view-query.js'
export { WorkflowCommand } from './workflow-command.js'
