export {
  documentIdentity,
  documentKindMatches,
  kindsPromisedBy,
  normaliseDocumentNumber,
  parseNote,
  parseReferences,
  type DocumentIdentityParts,
  type DocumentKind,
  type DocumentReference,
  type ParsedNote,
  type ReferenceWarning,
} from './references/index.js'
export {
  cellOf,
  findTaskTables,
  openTables,
  recogniseColumns,
  type ColumnRole,
  type OpenedTables,
  type RecognisedColumns,
  type Table,
  type TableFile,
  type TableFormat,
  type TableLimits,
  type TableRow,
  type TaskTable,
} from './tables/index.js'
export { splitParties } from './parties/split-parties.js'
