/**
 * What a broken constraint of class-validator says in Vietnamese, with its limit. The library keeps the limit only in
 * its English sentence ("must be shorter than or equal to 200 characters"), so it is read from there.
 */
export function vietnameseOf(constraint: string, english: string): string {
  return withLimit(constraint, english) ?? texts[constraint] ?? 'giá trị không hợp lệ'
}

/** Whether a constraint has a text of its own for officials. */
export function hasVietnameseText(constraint: string): boolean {
  return Object.hasOwn(texts, constraint)
}

const values = /following values: (.+)$/u
const above = / (?:longer than or equal to|less than|at least) (-?\d+)/u
const below = / (?:shorter than or equal to|greater than|more than) (-?\d+)/u

function withLimit(constraint: string, english: string): string | null {
  if (constraint === 'isIn') {
    const listed = values.exec(english)?.[1]
    return listed === undefined ? null : `phải là một trong các giá trị: ${listed}`
  }
  if (constraint === 'matches' && english.includes('/\\S/')) return texts['isNotEmpty']!
  const unit = units[constraint]
  if (unit === undefined) return null
  const least = above.exec(english)?.[1]
  const most = below.exec(english)?.[1]
  if (least !== undefined && most !== undefined) return `phải có từ ${least} đến ${most}${unit}`
  if (least !== undefined) return unit === '' ? `không được nhỏ hơn ${least}` : `cần ít nhất ${least}${unit}`
  if (most !== undefined) return unit === '' ? `không được lớn hơn ${most}` : `không được quá ${most}${unit}`
  return null
}

const units: Readonly<Record<string, string>> = {
  arrayMaxSize: ' phần tử',
  arrayMinSize: ' phần tử',
  isLength: ' ký tự',
  max: '',
  maxLength: ' ký tự',
  min: '',
  minLength: ' ký tự',
}

/** By class-validator's constraint names; the English text is the library's own. */
const texts: Readonly<Record<string, string>> = {
  arrayMaxSize: 'quá nhiều phần tử',
  arrayMinSize: 'cần ít nhất một phần tử',
  arrayUnique: 'không được có phần tử trùng nhau',
  isArray: 'phải là danh sách',
  isBoolean: 'phải là đúng hoặc sai',
  isDeadline: 'phải là thời hạn đã được phân tích',
  isDefined: 'không được bỏ trống',
  isIn: 'không thuộc các giá trị cho phép',
  isInt: 'phải là số nguyên',
  isLength: 'phải có nội dung và không dài quá mức cho phép',
  isLocalDate: 'phải là ngày có thật dạng năm-tháng-ngày, ví dụ 2025-01-31',
  isMoment: 'phải là ngày hoặc thời điểm có thật, ví dụ 2025-01-31 hoặc 2025-01-31T08:00:00+07:00',
  isNotEmpty: 'không được để trống',
  isNumber: 'phải là số',
  isObject: 'phải là một đối tượng JSON',
  isString: 'phải là chuỗi ký tự',
  isUuid: 'phải là mã UUID',
  matches: 'không đúng mẫu quy định',
  max: 'lớn hơn mức cho phép',
  maxLength: 'dài quá mức cho phép',
  min: 'nhỏ hơn mức cho phép',
  minLength: 'ngắn hơn mức cho phép',
  nestedValidation: 'phải là một đối tượng JSON hoặc danh sách các đối tượng',
  unknownValue: 'không có trong biểu mẫu',
  whitelistValidation: 'không có trong biểu mẫu',
}
