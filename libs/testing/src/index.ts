export { eventually, type EventuallyOptions } from './eventually.js'
export { testDatabase, type Template, type TestDatabase } from './test-database.js'
export { openLog, testLogs, type TestLog } from './test-log.js'
export { testMasterKey } from './test-master-key.js'
export { testProcess, type TestProcess } from './test-process.js'
export { testServer, type TestServer } from './test-server.js'
export { virtualClock, type VirtualClock } from './virtual-clock.js'
export { standInEventStoreDb, type StandInEventStoreDb } from './eventstoredb/stand-in-server.js'
export { realEventStoreDb, startEventStoreDb, startEventStoreDbCluster } from './eventstoredb/real-server.js'
export { emptiedServer, emptyEventStoreDb } from './eventstoredb/empty-server.js'
export {
  caCertificate,
  nodeCertificate,
  nodeKey,
  userCertificate,
  userKey,
} from './eventstoredb/test-certificates.js'
export { tcpProxy, type TcpProxy } from './eventstoredb/tcp-proxy.js'
