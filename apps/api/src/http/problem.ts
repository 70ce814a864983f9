import { HttpException } from '@nestjs/common'
import { RoviecError, type Text } from '#kernel'
import { StreamRevisionMismatch } from '#event-store'
import type { Language } from './language.js'

/** RFC 9457, with a stable `code` and what the error is about. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly instance: string
  readonly [member: string]: unknown
}

export interface Answer {
  readonly problem: Problem
  readonly retryAfterSeconds: number | null
}

/** Any error as the answer its reader gets. What broke inside is not told: it is logged. */
export function problemOf(error: unknown, language: Language, instance: string): Answer {
  const { status, code, text, details } = describe(error)
  const problem = {
    type: `https://roviec.vn/problems/${code}`,
    title: titles[status]?.[language] ?? titles[500]![language],
    status,
    detail: text[language],
    code,
    instance,
    ...translate(details, language),
  }
  const { retryAfterSeconds = 1 } = details as { readonly retryAfterSeconds?: number }
  return { problem, retryAfterSeconds: status === 503 || status === 429 ? retryAfterSeconds : null }
}

interface Described {
  readonly status: number
  readonly code: string
  readonly text: Text
  readonly details: Readonly<Record<string, unknown>>
}

function describe(error: unknown): Described {
  if (error instanceof RoviecError)
    return { status: statusOf(error), code: error.code, text: error.text, details: error.details }
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { statusCode?: number }).statusCode ?? 500)
  const known = httpErrors[status] ?? httpErrors[500]!
  return { status: status in httpErrors ? status : 500, code: known.code, text: known.text, details: {} }
}

function statusOf(error: RoviecError): number {
  switch (error.kind) {
    case 'refusal':
      return error.code === 'transition-not-allowed' ? 409 : 422
    case 'conflict':
      if (error.code === 'view-behind') return 503
      return error instanceof StreamRevisionMismatch ? 412 : 409
    case 'invalid':
      return sizeCodes.has(error.code) ? 413 : 400
    case 'not-found':
      return 404
    case 'forbidden':
      return 403
    case 'unauthenticated':
      return 401
    case 'fault':
      return error.details['safeToRepeat'] === true ? 503 : 500
  }
}

const sizeCodes = new Set(['file-too-large', 'zip-bomb'])

/** Bilingual texts inside the details come in the reader's language too. */
function translate(details: Readonly<Record<string, unknown>>, language: Language): Record<string, unknown> {
  const reserved = new Set(['type', 'title', 'status', 'detail', 'code', 'instance'])
  const shown = Object.entries(details).filter(([key]) => !reserved.has(key))
  return JSON.parse(JSON.stringify(Object.fromEntries(shown)), (_key, value: unknown) =>
    isText(value) ? value[language] : value,
  ) as Record<string, unknown>
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'vi' in value && 'en' in value
}

const titles: Readonly<Record<number, Text>> = {
  400: { vi: 'Yêu cầu chưa đúng', en: 'Invalid request' },
  401: { vi: 'Chưa đăng nhập', en: 'Not signed in' },
  403: { vi: 'Không có quyền', en: 'Not permitted' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  409: { vi: 'Không thực hiện được ở trạng thái hiện tại', en: 'Not possible now' },
  412: { vi: 'Dữ liệu đã thay đổi', en: 'Changed meanwhile' },
  413: { vi: 'Dữ liệu quá lớn', en: 'Too large' },
  415: { vi: 'Định dạng không hỗ trợ', en: 'Unsupported media type' },
  422: { vi: 'Trái quy định', en: 'Against a rule' },
  429: { vi: 'Gửi quá nhiều yêu cầu', en: 'Too many requests' },
  500: { vi: 'Lỗi hệ thống', en: 'Internal error' },
  503: { vi: 'Tạm thời chưa phục vụ được', en: 'Temporarily unavailable' },
}

const httpErrors: Readonly<Record<number, { readonly code: string; readonly text: Text }>> = {
  400: {
    code: 'malformed-request',
    text: {
      vi: 'Yêu cầu không đọc được. Kiểm tra lại đường dẫn và cú pháp JSON.',
      en: 'The request cannot be read. Check its path and its JSON.',
    },
  },
  404: {
    code: 'route-unknown',
    text: { vi: 'Không có đường dẫn này. Xem /api/docs.', en: 'There is no such path. See /api/docs.' },
  },
  413: {
    code: 'body-too-large',
    text: {
      vi: 'Nội dung gửi lên quá lớn. Chia nhỏ rồi gửi lại.',
      en: 'The body is too large. Send it in parts.',
    },
  },
  415: {
    code: 'media-type-unsupported',
    text: {
      vi: 'Kiểu nội dung không được hỗ trợ. Xem /api/docs.',
      en: 'The content type is not supported. See /api/docs.',
    },
  },
  429: {
    code: 'rate-limited',
    text: {
      vi: 'Đã gửi quá nhiều yêu cầu. Chờ một giây rồi gửi lại.',
      en: 'Too many requests. Wait a second and repeat.',
    },
  },
  500: {
    code: 'internal-error',
    text: {
      vi: 'Hệ thống gặp lỗi khi xử lý. Gửi lại yêu cầu; nếu vẫn lỗi, báo người quản trị.',
      en: 'Something broke. Repeat the request; if it fails again, tell the operator.',
    },
  },
  503: {
    code: 'unavailable',
    text: {
      vi: 'Hệ thống đang bận hoặc đang dừng. Thử lại sau giây lát.',
      en: 'The system is busy or stopping. Try again.',
    },
  },
}
