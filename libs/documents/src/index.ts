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
