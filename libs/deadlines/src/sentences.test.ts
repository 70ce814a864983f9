import { describe, expect, it } from '@jest/globals'
import { parseDeadline } from './parse-deadline.js'
import { summaryOf, type Summary } from './summary.fixture.js'

/** Excerpts of the four documents (action plans of Sơn La and Lạng Sơn), where a deadline stands in prose. */
const withDeadline: readonly (readonly [sentence: string, expected: Summary])[] = [
  [
    'Phấn đấu đến hết năm 2025, toàn tỉnh Sơn La có khoảng 4.000 doanh nghiệp, trong đó thành lập mới năm 2025 thêm khoảng 330 doanh nghiệp.',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Phấn đấu đến năm 2025, có 100 doanh nghiệp được nhận các hỗ trợ từ Chương trình như sử dụng công cụ tự đánh giá',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Đến năm 2025, 100% doanh nghiệp đang hoạt động trên địa bàn tỉnh được nâng cao nhận thức về chuyển đổi số.',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Năm 2025 tiếp tục phấn đấu cải thiện chỉ số năng lực cạnh tranh cấp tỉnh (PCI) trong bảng xếp hạng toàn quốc.',
    { type: 'year', due: '2025-12-31' },
  ],
  [
    'Tiếp tục đẩy mạnh công tác cải cách hành chính (CCHC) theo lộ trình CCHC nhà nước của tỉnh theo Chương trình tổng thể CCHC của Chính phủ giai đoạn 2021-2030, phấn đấu hoàn thành các nhiệm vụ đề ra đến năm 2025 nhằm xây dựng nền hành chính dân chủ',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    'phấn đấu hoàn thành các nhiệm vụ đề ra đến hết năm 2025 nhằm xây dựng nền hành chính dân chủ',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    'Phấn đấu hoàn thành các mục tiêu, nhiệm vụ cải cách hành chính theo Kế hoạch đề ra đến năm 2025.',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Tiếp tục phấn đấu đến năm 2026 giảm tối thiểu 5% biên chế công chức;',
    { type: 'until', due: '2026-12-31' },
  ],
  [
    'Phấn đấu đến hết năm 2025, toàn tỉnh Sơn La có khoảng 4.000 doanh nghiệp, trong đó giai đoạn 2021-2025 thành lập mới thêm khoảng 1.445 doanh nghiệp',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    'Duy trì và phấn đấu đến năm 2025, Chỉ số cải cách hành chính trong nhóm khá của cả nước (danh sách xếp hạng của 20 tỉnh, thành phố)',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    'l) Đến năm 2025 tiến hành sơ kết, đánh giá kết quả thực hiện Chương trình tổng thể CCHC giai đoạn 2021-2030.',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Đến hết năm 2021, thực hiện đầy đủ các cải cách quản lý, kiểm tra chuyên ngành, gồm:',
    { type: 'until', due: '2021-12-31' },
  ],
  ['bảo đảm trên địa bàn tỉnh đạt ít nhất 30% đến hết năm 2021.', { type: 'until', due: '2021-12-31' }],
  [
    'Đẩy mạnh thu hút đầu tư vào khu công nghiệp, phấn đấu tỷ lệ lấp đầy đạt trên 60% tổng diện tích vào năm 2025',
    { type: 'until', due: '2025-12-31' },
  ],
  [
    '- Chủ động xây dựng Kế hoạch triển khai thực hiện các nhiệm vụ, giải pháp cụ thể của cơ quan, đơn vị mình, hoàn thành trước ngày 15/02/2025; kịp thời xử lý các vấn đề phát sinh, tạo chuyển biến rõ nét ngay từ đầu năm; chịu trách nhiệm trực tiếp trước UBND tỉnh và Chủ tịch UBND tỉnh',
    { type: 'date', due: '2025-02-15', strict: true },
  ],
  [
    '- Định kỳ trước ngày 10 tháng 6 và ngày 10 tháng 12 năm 2025, báo cáo tình hình và kết quả thực hiện gửi Sở Kế hoạch và Đầu tư',
    {
      type: 'dates',
      due: '2025-12-10',
      strict: true,
      every: 'unspecified',
      dates: ['2025-06-10', '2025-12-10'],
    },
  ],
  [
    'Định kỳ trước ngày 15/6 và ngày 15/12 năm 2025 báo cáo UBND tỉnh tình hình và kết quả thực hiện Nghị quyết',
    {
      type: 'dates',
      due: '2025-12-15',
      strict: true,
      every: 'unspecified',
      dates: ['2025-06-15', '2025-12-15'],
    },
  ],
  [
    'Chủ trì theo dõi tình hình, đánh giá kết quả thực hiện cải cách quản lý, kiểm tra chuyên ngành, báo cáo Ủy ban nhân dân tỉnh trước ngày 10 tháng 12 năm 2021.',
    { type: 'date', due: '2021-12-10', strict: true },
  ],
  ['- Thời điểm ban hành Kế hoạch chậm nhất ngày 20/7/2025.', { type: 'date', due: '2025-07-20' }],
  [
    'các cơ quan, đơn vị báo cáo kết quả CCHC quý III, năm, gửi UBND tỉnh (qua Sở Nội vụ tổng hợp) trước ngày 12 của tháng cuối kỳ báo cáo.',
    { type: 'recurring', strict: true, every: 'unspecified day 12' },
  ],
  [
    '6. Định kỳ hằng quý, hằng năm (trước ngày 10 của tháng cuối quý và trước ngày 10 tháng 12), các cơ quan, đơn vị đánh giá tình hình triển khai',
    { type: 'recurring', strict: true, every: 'quarterly+yearly month 12 day 10' },
  ],
  [
    '- Báo cáo Quý III/2025: thời gian chốt số liệu tính từ ngày 15/6/2025 đến hết ngày 10/9/2025.',
    { type: 'range', due: '2025-09-10', from: '2025-06-15', warnings: ['reporting-window'] },
  ],
  [
    '- Báo cáo năm 2025: thời gian chốt số liệu tính từ ngày 15/12/2024 đến hết ngày 09/12/2025.',
    { type: 'range', due: '2025-12-09', from: '2024-12-15', warnings: ['reporting-window'] },
  ],
  [
    'về kết quả thực hiện công tác CCHC của tỉnh (định kỳ hằng quý, 6 tháng, năm theo quy định).',
    { type: 'recurring', every: 'quarterly+half-yearly+yearly', condition: 'theo quy định' },
  ],
  [
    'xây dựng báo cáo CCHC hàng quý, 6 tháng và hàng năm hoặc đột xuất về tình hình thực hiện Kế hoạch.',
    { type: 'recurring', every: 'quarterly+half-yearly+yearly+ad-hoc' },
  ],
  [
    'Khảo sát và công bố hằng năm các Chỉ số DDCI đối với cơ quan đơn vị',
    { type: 'recurring', every: 'yearly' },
  ],
  [
    'k) Hằng năm, tổ chức bồi dưỡng, tập huấn nâng cao năng lực cho cán bộ, công chức',
    { type: 'recurring', every: 'yearly' },
  ],
  [
    'chuyên mục tọa đàm hoặc chuyên đề định kỳ hàng quý phản ánh, tuyên truyền',
    { type: 'recurring', every: 'quarterly' },
  ],
  [
    'Công bố kết quả Bộ Chỉ số phục vụ người dân và doanh nghiệp trong định kỳ hàng tháng theo đúng quy định',
    { type: 'recurring', every: 'monthly', condition: 'theo đúng quy định' },
  ],
  ['Báo cáo kết quả định kỳ hằng tháng, quý', { type: 'recurring', every: 'monthly+quarterly' }],
  ['Báo cáo kết quả định kỳ tháng/năm', { type: 'recurring', every: 'monthly+yearly' }],
  [
    'Báo cáo kết quả kiểm soát TTHC quý/6 tháng/năm theo quy định',
    { type: 'recurring', every: 'quarterly+half-yearly+yearly', condition: 'theo quy định' },
  ],
  [
    'Kế hoạch Đối thoại, tháo gỡ khó khăn cho doanh nghiệp, định kỳ 2 lần/ năm (06 tháng 01 lần)',
    { type: 'recurring', every: 'half-yearly 2x' },
  ],
  [
    'Tổ chức đối thoại của người đứng đầu với cá nhân, tổ chức về TTHC, giải quyết TTHC (02 lần/năm)',
    { type: 'recurring', every: 'half-yearly 2x' },
  ],
  ['định kỳ hàng năm báo cáo tình hình thực hiện Chiến lược', { type: 'recurring', every: 'yearly' }],
  [
    '- Thường xuyên rà soát, đánh giá các quy định, TTHC và đẩy mạnh thực hiện đơn giản hóa TTHC',
    { type: 'continuous' },
  ],
  [
    'c) Thường xuyên phối hợp với các cơ quan chuyên môn của UBND tỉnh trong giải quyết TTHC',
    { type: 'continuous' },
  ],
  [
    'kết nối, tích hợp theo thời gian thực với các Hệ thống thông tin báo cáo của Chính phủ.',
    { type: 'continuous' },
  ],
  [
    'Kế hoạch triển khai Chiến lược quốc gia về thu hút, trọng dụng nhân tài (Sau khi Bộ Nội vụ ban hành hướng dẫn).',
    { type: 'event', condition: 'Sau khi Bộ Nội vụ ban hành hướng dẫn' },
  ],
  [
    'Cơ sở dữ liệu quốc gia về thủ tục hành chính ngay sau khi có Quyết định công bố TTHC',
    { type: 'event', condition: 'ngay sau khi có Quyết định công bố TTHC' },
  ],
  ['tổng kết, báo cáo kết quả thực hiện theo quy định.', { type: 'rule', condition: 'theo quy định' }],
  [
    'tham mưu Ủy ban nhân dân tỉnh báo cáo Bộ Kế hoạch và Đầu tư và Văn phòng Chính phủ theo quy định.',
    { type: 'rule', condition: 'theo quy định' },
  ],
]

/** Dates and words of time in the same documents that are no deadlines. */
const withoutDeadline: readonly string[] = [
  'Thực hiện Nghị quyết số 02/NQ-CP ngày 08/01/2025 của Chính phủ về những nhiệm vụ, giải pháp chủ yếu cải thiện môi trường kinh doanh, nâng cao năng lực cạnh tranh quốc gia năm 2025;',
  'Theo đề nghị của Sở Kế hoạch và Đầu tư tại Tờ trình số 28/TTr-SKHĐT ngày 17/01/2025.',
  'đúng với Quy định số 429-QĐ/TU ngày 01/7/2022 của Tỉnh uỷ về đối thoại trực tiếp',
  'Số doanh nghiệp rút lui khỏi thị trường tăng dưới 10% so với năm 2024.',
  'phấn đấu tăng 10% số hồ tiếp nhận và xử lý qua dịch vụ công trực tuyến mức độ 3, 4 so với năm 2020.',
  'Nghị quyết của HĐND tỉnh quy định một số chính sách hỗ trợ đầu tư trên địa bàn tỉnh Sơn La đến năm 2030.',
  '- Tiếp tục thực hiện có hiệu quả Đề án hỗ trợ hệ sinh thái khởi nghiệp đổi mới sáng tạo quốc gia đến năm 2025 theo Quyết định số 844/QĐ-TTg ngày 16/5/2016 của Thủ tướng Chính phủ;',
  'Quyết định số 1068/QĐ-TTg ngày 22/8/2019 của Thủ tướng Chính phủ về việc phê duyệt Chiến lược Sở hữu trí tuệ đến năm 2030;',
  'về Chuyển đổi số tỉnh Sơn La giai đoạn 2021-2025, định hướng đến năm 2030.',
  'trên địa bàn tỉnh Sơn La giai đoạn 2021 - 2025, định hướng đến 2030;',
  'hội nhập quốc tế giai đoạn đến năm 2025, định hướng đến năm 2030” của Thủ tướng Chính phủ',
  'Kế hoạch hành động thực hiện Chiến lược quốc gia về tăng trưởng xanh giai đoạn 2021-2030, tầm nhìn đến năm 2050',
  'phục vụ chuyển đổi số quyết gia giai đoạn 2022-2025, tầm nhìn đến năm 2030;',
  'về thực hiện Chương trình chuyển đổi số quốc gia đến năm 2020, định hướng đến năm 2030 trên địa bàn tỉnh Lạng Sơn.',
  'Chương trình hỗ trợ hệ sinh thái khởi nghiệp ĐMST quốc gia đến năm 2025 (Quyết định số 844/QĐ-TTg).',
  'ban hành theo Quyết định số 2545/QĐ-TTg ngày 30 tháng 12 năm 2016 của Thủ tướng Chính phủ trên địa bàn tỉnh',
  'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;',
  'Căn cứ Quyết định số 2407/QĐ-UBND ngày 01 tháng 10 năm 2021 của UBND tỉnh về việc ban hành Kế hoạch',
  '(Kèm theo Quyết định số             /QĐ-UBND ngày         tháng 7 năm 2025 của Chủ tịch UBND tỉnh)',
  '(Kèm theo Kế hoạch số      /KH-UBND ngày    /01/2025 của Chủ tịch UBND tỉnh)',
  'tại các văn bản đang có hiệu lực thi hành tính đến hết ngày 31 tháng 5 năm 2020',
  '10% biên chế sự nghiệp hưởng lương từ ngân sách nhà nước so với năm 2021.',
  'chuyển các đơn vị sự nghiệp công lập có đủ điều kiện sang tự chủ chi thường xuyên, chi thường xuyên và chi đầu tư.',
  'mô hình tự chủ hoàn toàn cả về chi đầu tư, chi thường xuyên.',
  '- Các đơn vị sự nghiệp công lập do NSNN bảo đảm chi thường xuyên tiếp tục giảm tối thiểu 2% chi trực tiếp từ NSNN',
  'phấn đấu thu ngân sách nhà nước cao hơn khoảng 5% so với ước thực hiện năm 2024.',
  'Dự thảo Nghị quyết của HĐND tỉnh giao biên chế công chức, viên chức năm 2026.',
  'thanh tra, kiểm tra không quá 1lần/năm đối với doanh nghiệp',
  'đẩy mạnh kiểm tra đột xuất, tập trung kiểm tra các cơ quan, đơn vị có nhiều thủ tục hành chính',
  'tiếp nhận trong năm được giải quyết đúng hạn và trước hạn;',
  'trong đó giải quyết trước thời hạn 30% tất cả thủ tục hành chính',
  'chịu trách nhiệm trực tiếp trước UBND tỉnh và Chủ tịch UBND tỉnh về kết quả thực hiện các nhiệm vụ được giao;',
  'lấy ý kiến của nhân dân trước khi quyết định các chủ trương, chính sách quan trọng',
  'tạo chuyển biến rõ nét ngay từ đầu năm;',
  '100% văn bản QPPL được kiểm tra kịp thời theo quy định;',
  '- 50% hoạt động kiểm tra hành chính định kỳ của cơ quan quản lý nhà nước đối với đối tượng quản lý',
  '- 100% TTHC đủ điều kiện theo quy định của pháp luật được cung cấp dưới hình thức dịch vụ công trực tuyến',
  'đẩy mạnh việc sử dụng hóa đơn điện tử theo Nghị định số 119/2018/NĐ-CP ngày 12/9/2018 của Chính phủ.',
  'Nghị quyết Đại hội Đảng bộ tỉnh Sơn La lần thứ XV, nhiệm kỳ 2020- 2025 về nhiệm vụ phát triển kinh tế - xã hội',
  'Kinh phí thực hiện nhiệm vụ CCHC giai đoạn 2021-2025 được bố trí từ nguồn ngân sách nhà nước, gồm:',
  'Đã hoàn thành (Kế hoạch hành động số 19/KH-UBND ngày 20/01/2025 của UBND tỉnh)',
  'Căn cứ Công văn số 4625/BNV-CCHC ngày 02 tháng 7 năm 2025 của Bộ Nội vụ về việc xây dựng kế hoạch cải cách hành chính và thực hiện chế độ báo cáo định kỳ;',
  'hạ tầng kỹ thuật khu công nghiệp (Giai đoạn I) để thu hút các nhà đầu tư thứ cấp',
  '- Đối với các dự án giao kế hoạch năm 2025:',
]

const misprinted: readonly string[] = [
  'Thông tư 002/2025/TT- BNV ngày 04/4/20252 của Bộ Nội vụ;',
  'Triển khai Nghị quyết số 99/NQ-CP ngày 03/10/217 của Chính phủ ban hành Chương trình hành động',
]

describe('sentences of the documents', () => {
  it.each(withDeadline)('reads %j', (sentence, expected) => {
    expect(summaryOf(parseDeadline(sentence, { year: 2025 }))).toEqual(expected)
  })

  it.each(withoutDeadline)('finds none in %j', (sentence) => {
    expect(summaryOf(parseDeadline(sentence, { year: 2025 }))).toEqual({ type: 'none' })
  })

  it.each(misprinted)('reports the misprinted date of the text cited in %j', (sentence) => {
    const expected = { type: 'none', warnings: ['implausible-citation-date'] }
    expect(summaryOf(parseDeadline(sentence, { year: 2025 }))).toEqual(expected)
  })
})
