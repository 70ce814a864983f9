import { RoviecError, type Text } from '#kernel'
import { AppendOutcomeUnknown, EventStoreUnavailable } from '../port/errors.js'
import type { StreamName } from '../port/event-store.js'

/** gRPC's numbers for what went wrong with a call. */
const status = { permissionDenied: 7, unimplemented: 12, unavailable: 14, unauthenticated: 16 }

/** What the library reports of a failed call. */
interface CallFailure extends Error {
  readonly code: number
  readonly details: string
  readonly metadata?: { get(key: string): (string | Buffer)[] }
}

/** gRPC's words for a call that never left this machine. */
const neverSent =
  /No connection established|Channel (?:has been shut down|closed before call started)|Name resolution failed/u
/** Of the server, about the certificate it was shown, or for want of one. */
const refusedCertificate =
  /alert (?:certificate required|bad certificate|unsupported certificate|certificate (?:revoked|expired|unknown)|unknown ca)\b/u
const wrongCertificate = /certificate|self.signed|altnames|CERT_|unable to verify/iu
const wrongProtocol = /wrong version number|packet length too long|SSL routines|EPROTO/iu

/**
 * @param alone whether no other append waits on the line: only then is it this one that a node refused which does not lead
 * @returns the failure of an append in the port's terms; whether it was written is unknown unless something says otherwise
 */
export function appendFailure(error: unknown, stream: StreamName, alone: boolean): unknown {
  if (!isCallFailure(error)) return new AppendOutcomeUnknown(stream, error)
  const named = configurationError(error)
  if (named) return named
  if (alone && leaderNamed(error) !== undefined) return new EventStoreUnavailable(error)
  if (error.code === status.unavailable && neverSent.test(error.details))
    return new EventStoreUnavailable(error)
  return new AppendOutcomeUnknown(stream, error)
}

/** @returns the failure of a read, which changes nothing, in the port's terms */
export function readFailure(error: unknown): unknown {
  if (!isCallFailure(error)) return error instanceof RoviecError ? error : new EventStoreUnavailable(error)
  if (isException(error, 'stream-deleted'))
    return streamTombstoned(String(error.metadata?.get('stream-name')[0] ?? ''))
  return (
    configurationError(error) ??
    (isPositionFailure(error) ? positionUnknown(error) : new EventStoreUnavailable(error))
  )
}

/** The node asked does not lead, and has said which one does, as `host:port`: the same call finds it there. */
export function leaderNamed(error: unknown): string | undefined {
  const failure = error instanceof EventStoreUnavailable ? error.cause : error
  if (!isCallFailure(failure) || !isException(failure, 'not-leader')) return undefined
  const [host, port] = ['host', 'port'].map((part) => failure.metadata?.get(`leader-endpoint-${part}`)[0])
  return `${String(host)}:${String(port)}`
}

const leaderUnreachableCode = 'event-store-leader-unreachable'

/** @param leader as the node that was asked calls it, which need not be a name or a place known here */
export function leaderUnreachable(cause: unknown, leader: string): EventStoreUnavailable {
  return new EventStoreUnavailable(cause, leader, {
    code: leaderUnreachableCode,
    text: {
      vi: `Máy chủ kho sự kiện được hỏi không phải máy chủ chính; máy chủ chính mà nó chỉ ra, ${leader}, không kết nối được từ đây. Kiểm tra máy đó và đường mạng tới nó, và tên mà nó tự công bố (NodeHostAdvertiseAs); chưa có gì được ghi.`,
      en: `The node that was asked does not lead, and the leader it names, ${leader}, cannot be reached from here. Check that node, the way to it, and the name it advertises (NodeHostAdvertiseAs); nothing was written.`,
    },
  })
}

/** Whether it is said already who cannot be reached. */
export function namesLeader(error: EventStoreUnavailable): boolean {
  return error.code === leaderUnreachableCode
}

/** What no repetition mends: somebody has to change a setting. */
function configurationError(error: CallFailure): RoviecError | undefined {
  if (error.code === status.unauthenticated)
    return fault(
      'event-store-unauthenticated',
      {
        vi: 'Kho sự kiện không nhận tên người dùng hoặc mật khẩu. Kiểm tra ROVIEC_EVENTSTORE_USER và mật khẩu, hoặc tài khoản trong ROVIEC_EVENTSTORE_URL.',
        en: 'The event store does not accept the user name or password. Check ROVIEC_EVENTSTORE_USER and its password, or the account in ROVIEC_EVENTSTORE_URL.',
      },
      error,
    )
  if (error.code === status.permissionDenied || isException(error, 'access-denied'))
    return fault(
      'event-store-access-denied',
      {
        vi: 'Tài khoản không có quyền đọc hoặc ghi kho sự kiện. Cấp quyền đọc $all và ghi các luồng cho tài khoản này.',
        en: 'The account may not read or write the event store. Grant it reading $all and writing the streams.',
      },
      error,
    )
  if (error.code === status.unavailable && refusedCertificate.test(error.details))
    return userCertificateRefused(error)
  if (error.code === status.unavailable && wrongCertificate.test(error.details))
    return fault(
      'event-store-certificate-untrusted',
      {
        vi: 'Không tin cậy được chứng thư của kho sự kiện. Đặt ROVIEC_EVENTSTORE_CA_FILE thành tệp CA đã ký chứng thư đó, và dùng đúng tên máy ghi trong chứng thư.',
        en: "The event store's certificate is not trusted. Point ROVIEC_EVENTSTORE_CA_FILE to the CA that signed it, and use a host name the certificate bears.",
      },
      error,
    )
  if (error.code === status.unavailable && wrongProtocol.test(error.details)) return tlsMismatch(error)
  if (error.code === status.unimplemented) return versionUnsupported('', error)
  return undefined
}

export function userCertificateRefused(cause: unknown): RoviecError {
  return fault(
    'event-store-user-certificate-refused',
    {
      vi: 'Kho sự kiện không chấp nhận chứng thư người dùng, hoặc đòi mà không được đưa. Đặt ROVIEC_EVENTSTORE_USER_CERT_FILE và ROVIEC_EVENTSTORE_USER_KEY_FILE thành chứng thư còn hạn do CA mà máy chủ tin cậy ký, cùng khoá của nó.',
      en: 'The event store does not accept the user certificate, or wants one and was shown none. Point ROVIEC_EVENTSTORE_USER_CERT_FILE and ROVIEC_EVENTSTORE_USER_KEY_FILE to a certificate in date that a CA trusted by the server has signed, and to its key.',
    },
    cause,
  )
}

export function tlsMismatch(cause: unknown): RoviecError {
  return fault(
    'event-store-tls-mismatch',
    {
      vi: 'Một bên dùng TLS còn bên kia thì không. Sửa tls=true hoặc tls=false trong ROVIEC_EVENTSTORE_URL cho khớp với máy chủ.',
      en: 'One side speaks TLS and the other does not. Make tls=true or tls=false in ROVIEC_EVENTSTORE_URL agree with the server.',
    },
    cause,
  )
}

export function versionUnsupported(version: string, cause?: unknown): RoviecError {
  return fault(
    'event-store-version-unsupported',
    {
      vi: `Máy chủ kho sự kiện ${version || 'này'} không được hỗ trợ. Dùng EventStoreDB 23.10 trở lên; đã kiểm thử với 24.6.`,
      en: `The event store server ${version || 'at this address'} is not supported. Use EventStoreDB 23.10 or later; tested with 24.6.`,
    },
    cause,
    { version },
  )
}

export function appendTooLarge(stream: StreamName, limit: number): RoviecError {
  return new RoviecError(
    'invalid',
    'append-too-large',
    {
      vi: `Dữ liệu ghi một lần vượt giới hạn ${limit} byte của máy chủ. Chia nhỏ, hoặc tăng MaxAppendSize trên máy chủ.`,
      en: `The append exceeds the server's limit of ${limit} bytes. Split it, or raise MaxAppendSize on the server.`,
    },
    { stream, limit },
  )
}

export function streamTombstoned(stream: StreamName): RoviecError {
  return fault(
    'stream-tombstoned',
    {
      vi: `Luồng ${stream} đã bị xoá vĩnh viễn ngoài hệ thống. Đây là sự cố: phục hồi kho sự kiện từ bản sao lưu.`,
      en: `Stream ${stream} has been deleted for good from outside. This is an incident: restore the log from a backup.`,
    },
    undefined,
    { stream },
  )
}

function positionUnknown(cause: unknown): RoviecError {
  return fault(
    'position-unknown',
    {
      vi: 'Vị trí đọc không có trong kho sự kiện này. Kiểm tra kho đang kết nối, rồi dựng lại dữ liệu đọc từ đầu.',
      en: 'The log has no event at this position. Check which log is connected, then rebuild the reader from the start.',
    },
    cause,
  )
}

function fault(code: string, text: Text, cause: unknown, details = {}): RoviecError {
  return new RoviecError('fault', code, text, details, { cause })
}

function isPositionFailure(error: CallFailure): boolean {
  return /InvalidPosition|invalid position/u.test(error.details)
}

function isException(error: CallFailure, name: string): boolean {
  return error.metadata?.get('exception')[0] === name
}

function isCallFailure(error: unknown): error is CallFailure {
  return error instanceof Error && typeof (error as Partial<CallFailure>).code === 'number'
}
