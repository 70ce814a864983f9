import { canXuLy } from './can-xu-ly.js'
import { coverage } from './coverage.js'
import { donGian } from './don-gian.js'
import { early } from './early.js'
import type { FigureText, Formula } from './formula.js'
import { qd766 } from './qd766-2-1.js'
import { stepsBeforeTime, stepsOnTime, type StepFormula } from './step-formula.js'
import { unaccounted } from './unaccounted.js'

/** A new formula is a file, its test and a word here; the view of rates then needs a new version. */
export const dossierFormulas: readonly Formula[] = [qd766, canXuLy, donGian, early, coverage, unaccounted]

export const stepFormulas: readonly StepFormula[] = [stepsOnTime, stepsBeforeTime]

/** In the order in which figures are kept. */
export const allFormulas: readonly FigureText[] = [...dossierFormulas, ...stepFormulas]
