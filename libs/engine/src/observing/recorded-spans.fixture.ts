import { AsyncLocalStorage } from 'node:async_hooks'
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base'

/** The active span follows calls that are waited for: what an SDK brings along, in its smallest form. */
class FollowingCalls implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>()

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT
  }

  with<Args extends unknown[], Work extends (...args: Args) => ReturnType<Work>>(
    active: Context,
    work: Work,
    thisArg?: ThisParameterType<Work>,
    ...args: Args
  ): ReturnType<Work> {
    return this.#storage.run(active, () => work.apply(thisArg, args))
  }

  bind<Target>(_active: Context, target: Target): Target {
    return target
  }

  enable(): this {
    return this
  }

  disable(): this {
    this.#storage.disable()
    return this
  }
}

export interface RecordedSpans {
  /** Those that have ended, in that order. */
  finished(): readonly ReadableSpan[]
  /** Of the finished ones. */
  named(name: string): readonly ReadableSpan[]
  reset(): void
}

let recorded: RecordedSpans | undefined

/** Registers an SDK that keeps spans in memory, once and for the rest of the process; begins with none. */
export function recordSpans(): RecordedSpans {
  recorded ??= register()
  recorded.reset()
  return recorded
}

function register(): RecordedSpans {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  context.setGlobalContextManager(new FollowingCalls())
  trace.setGlobalTracerProvider(provider)
  return {
    finished: () => exporter.getFinishedSpans(),
    named: (name) => exporter.getFinishedSpans().filter((span) => span.name === name),
    reset: () => exporter.reset(),
  }
}
