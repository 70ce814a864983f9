export { eventually, type EventuallyOptions } from './eventually.js'
export { testDatabase, type TestDatabase } from './test-database.js'
export { virtualClock, type VirtualClock } from './virtual-clock.js'
