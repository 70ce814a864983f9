import { counted, outside, type Formula } from './formula.js'
import { wasToBeHandled } from './to-be-handled.js'

/** Late share of the dossiers to be handled: late by the legal due date at the end of the period. */
export const canXuLy: Formula = {
  name: 'can-xu-ly',
  shareOf(assessment, period) {
    return wasToBeHandled(assessment, period) ? counted(assessment.lateness.late) : outside
  },
}
