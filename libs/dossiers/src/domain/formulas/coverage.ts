import { counted, outside, type Formula } from './formula.js'

/**
 * Of all dossiers late at the end of the period, however long ago they became so, those with an apology issued and an
 * explanation accepted. Target 100 %.
 */
export const coverage: Formula = {
  name: 'coverage',
  shareOf({ lateness, duties }) {
    return lateness.late ? counted(duties.apology && duties.acceptance) : outside
  },
}
