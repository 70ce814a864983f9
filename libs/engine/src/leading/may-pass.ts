import { RoviecError } from '#kernel'
import { isTransient } from '../projecting/faults.js'

/** Whether trying the same again may help: the store or the database was not there, or others were quicker. */
export function mayPass(error: unknown): boolean {
  return isTransient(error) || (error instanceof RoviecError && error.details['safeToRepeat'] === true)
}
