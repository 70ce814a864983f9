export {
  RoviecError,
  invalid,
  isRefusal,
  notFound,
  refuse,
  type ErrorDetails,
  type ErrorKind,
  type Refusal,
  type Text,
} from './errors.js'
export { deriveId, isUuid, newId } from './ids.js'
export { systemClock, type Clock } from './clock.js'
export { assertIJson, canonicalJson, type JsonValue } from './json.js'
export { compareVietnamese, foldVietnamese, tidyVietnamese } from './vietnamese.js'
