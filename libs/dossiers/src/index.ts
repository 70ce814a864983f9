export { currentLaw, type Rulebook } from './domain/rulebook.js'
export { boundedLines } from './evaluate/bounded-lines.js'
export { CollectedLines } from './evaluate/collect-lines.js'
export {
  evaluateDossiers,
  type EvaluatedDossier,
  type EvaluationCut,
  type EvaluationSummary,
} from './evaluate/evaluate-dossiers.js'
