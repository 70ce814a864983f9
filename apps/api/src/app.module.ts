import { Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { EngineModule } from '#engine/nest'
import type { Platform } from '#platform'
import { AccountabilityController } from './accountability/accountability.controller.js'
import { AccountabilityRuleController } from './accountability/accountability-rule.controller.js'
import { ActorsController } from './actors/actors.controller.js'
import { AgenciesController } from './agencies/agencies.controller.js'
import { AttemptsController } from './attempts/attempts.controller.js'
import { CalendarController } from './calendar/calendar.controller.js'
import { DossierEventsController } from './dossiers/dossier-events.controller.js'
import { DossiersController } from './dossiers/dossiers.controller.js'
import { ProceduresController } from './dossiers/procedures.controller.js'
import { gateToken } from './edge/edge.token.js'
import type { Gate } from './edge/gate.js'
import { WithinRequest } from './edge/within-request.interceptor.js'
import { EventsController } from './events/events.controller.js'
import { HealthController } from './health/health.controller.js'
import { ProbesController } from './health/probes.controller.js'
import { AccessGuard } from './http/access.guard.js'
import { AskingService } from './http/asking.service.js'
import { CommandingService } from './http/commanding.service.js'
import { platformToken } from './http/platform.token.js'
import { ProblemFilter } from './http/problem.filter.js'
import { MeController } from './me/me.controller.js'
import { MetricsController } from './metrics/metrics.controller.js'
import { PlansController } from './plans/plans.controller.js'
import { RatesController } from './rates/rates.controller.js'
import { ReportPeriodsController } from './rates/report-periods.controller.js'
import { StreamController } from './stream/stream.controller.js'
import { TasksController } from './tasks/tasks.controller.js'
import { WorkflowsController } from './workflows/workflows.controller.js'

/** The HTTP edge over a running platform. */
@Module({})
export class AppModule {
  static over(platform: Platform, gate: Gate): DynamicModule {
    return {
      module: AppModule,
      imports: [EngineModule.forRoot(platform)],
      controllers: [
        AccountabilityController,
        AccountabilityRuleController,
        ActorsController,
        AgenciesController,
        AttemptsController,
        CalendarController,
        DossierEventsController,
        DossiersController,
        EventsController,
        HealthController,
        MeController,
        MetricsController,
        PlansController,
        ProbesController,
        ProceduresController,
        RatesController,
        ReportPeriodsController,
        StreamController,
        TasksController,
        WorkflowsController,
      ],
      providers: [
        { provide: platformToken, useValue: platform },
        { provide: gateToken, useValue: gate },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: WithinRequest },
        AskingService,
        CommandingService,
      ],
    }
  }
}
