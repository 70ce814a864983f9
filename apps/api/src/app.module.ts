import { Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER, APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
import { EngineModule } from '#engine/nest'
import { Credentials } from '#identity'
import type { Platform } from '#platform'
import { AgenciesController } from './agencies/agencies.controller.js'
import { DossierEventsController } from './dossiers/dossier-events.controller.js'
import { DossiersController } from './dossiers/dossiers.controller.js'
import { ProceduresController } from './dossiers/procedures.controller.js'
import { HealthController } from './health/health.controller.js'
import { AccessGuard } from './http/access.guard.js'
import { AskingService } from './http/asking.service.js'
import { CommandingService } from './http/commanding.service.js'
import { platformToken } from './http/platform.token.js'
import { ProblemFilter } from './http/problem.filter.js'
import { MeController } from './me/me.controller.js'
import { PlansController } from './plans/plans.controller.js'
import { StreamController } from './stream/stream.controller.js'
import { TasksController } from './tasks/tasks.controller.js'
import { WorkflowsController } from './workflows/workflows.controller.js'

/** The HTTP edge over a running platform. */
@Module({})
export class AppModule {
  static over(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EngineModule.forRoot(platform),
        ThrottlerModule.forRoot({
          throttlers: [{ ttl: 1_000, limit: platform.config.requestsPerSecond }],
          // Per client address, whatever it asks for.
          generateKey: (_context, address) => address,
        }),
      ],
      controllers: [
        AgenciesController,
        DossierEventsController,
        DossiersController,
        HealthController,
        MeController,
        PlansController,
        ProceduresController,
        StreamController,
        TasksController,
        WorkflowsController,
      ],
      providers: [
        { provide: platformToken, useValue: platform },
        { provide: Credentials, useValue: platform.credentials },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        AskingService,
        CommandingService,
      ],
    }
  }
}
