import { engineContext, observingContext, processingContext, timingContext, type Context } from '#engine'
import { accountabilityContext } from '#accountability/record'
import { calendarContext } from '#calendar/record'
import { dossiersContext } from '#dossiers'
import { identityContext } from '#identity'
import { registryContext } from '#registry'
import { tasksContext } from '#tasks'

/** The business of this system: adding a context adds a line here. */
export const contexts: readonly Context[] = [
  engineContext,
  observingContext,
  timingContext,
  processingContext,
  identityContext,
  calendarContext,
  accountabilityContext,
  registryContext,
  tasksContext,
  dossiersContext,
]
