/** Everyone who works with dossiers reads them, each within the actor's scope; an operator runs the system and does not. */
export const dossierReaders = [
  'clerk',
  'lead-officer',
  'head',
  'assigner',
  'home-affairs',
  'inspectorate',
  'auditor',
  'connector',
  'system',
] as const
