import { expect, it } from '@jest/globals'
import { formatDeadline } from './format-deadline.js'
import { parseDeadline } from './parse-deadline.js'

it.each([
  ['Tháng 01/2025', 'hạn 31/01/2025 (tháng 01/2025)'],
  ['quí IV/2025', 'hạn 31/12/2025 (quý IV/2025)'],
  [
    'Năm 2025 (sau khi Bộ Y tế ban hành hướng dẫn)',
    'hạn 31/12/2025 (năm 2025); sau khi Bộ Y tế ban hành hướng dẫn',
  ],
  ['trước ngày 15/02/2025', 'trước ngày 15/02/2025'],
  ['đến hết năm 2025', 'hạn 31/12/2025'],
  ['2021-2025', 'hạn 31/12/2025 (từ 01/01/2021)'],
  ['trước ngày 10 tháng 6 và ngày 10 tháng 12 năm 2025', 'trước các ngày 10/06/2025, 10/12/2025'],
  ['Tháng 1 hàng năm', 'định kỳ: hằng năm (tháng 01)'],
  ['trước ngày 10 của tháng cuối quý', 'định kỳ: hằng quý (trước ngày 10)'],
  ['01 năm 2 lần (06 tháng/ lần)', 'định kỳ: 6 tháng (2 lần/năm)'],
  ['Thường xuyên (nếu có)', 'thường xuyên; nếu có'],
  ['Sau khi có kết luận', 'theo sự kiện: Sau khi có kết luận'],
  ['Báo cáo theo quy định', 'theo văn bản khác: theo quy định'],
  [
    '- Kế hoạch (tháng 8/2025) - Công văn (Quý IV/2025)',
    '(1) hạn 31/08/2025 (tháng 08/2025); (2) hạn 31/12/2025 (quý IV/2025)',
  ],
  ['31/02/2025', 'chưa xác định được ngày: 31/02/2025'],
  ['Kế hoạch', 'không có thời hạn'],
])('%j is shown as %j', (text, expected) => {
  expect(formatDeadline(parseDeadline(text))).toBe(expected)
})
