import type { Context } from '#engine'
import { identityContext } from '#identity'
import { registryContext } from '#registry'
import { tasksContext } from '#tasks'

/** The business of this system: adding a context adds a line here. */
export const contexts: readonly Context[] = [identityContext, registryContext, tasksContext]
