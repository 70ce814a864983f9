import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { finalize, Observable } from 'rxjs'
import { withinSpan } from '../tracing/request-span.js'
import { holdTicket } from './install-edge.js'

/** Every handler runs within its request's span, and keeps its request's place until it is done. */
@Injectable()
export class WithinRequest implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const done = holdTicket(request)
    return new Observable((subscriber) =>
      withinSpan(request, () => next.handle().pipe(finalize(done)).subscribe(subscriber)),
    )
  }
}
