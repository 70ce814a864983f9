import { Module, type DynamicModule } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { CommandHandler } from '../commanding/command-handler.js'
import { QueryHandler } from '../querying/query-handler.js'
import { ViewQueryHandler } from './view-query.js'
import { WorkflowCommandHandler } from './workflow-command.js'

/** The engine on Nest's buses: one command and one query class carry everything. */
@Module({})
export class EngineModule {
  static forRoot(engine: {
    readonly commands: CommandHandler
    readonly queries: QueryHandler
  }): DynamicModule {
    return {
      module: EngineModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: CommandHandler, useValue: engine.commands },
        { provide: QueryHandler, useValue: engine.queries },
        WorkflowCommandHandler,
        ViewQueryHandler,
      ],
      exports: [CqrsModule, CommandHandler, QueryHandler],
    }
  }
}
