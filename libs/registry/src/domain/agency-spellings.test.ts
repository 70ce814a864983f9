import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createDirectory } from './agency-directory.js'
import { agencyId } from './agency-seed.js'
import { seededRecords, seeds } from './seeded-registry.fixture.js'

const directory = createDirectory(seededRecords().values())
const sonLa = (name: string) => directory.resolve(name, { date: '2025-07-20', province: 'son-la' })
const langSon = (name: string) => directory.resolve(name, { date: '2021-02-01', province: 'lang-son' })

describe('a name in any spelling', () => {
  it.each([
    ['Sở TTTT', 'Sở Thông tin và Truyền thông'],
    ['Sở TT&TT', 'Sở Thông tin và Truyền thông'],
    ['Sở TT và TT', 'Sở Thông tin và Truyền thông'],
    ['Sở Thông tin Truyền thông', 'Sở Thông tin và Truyền thông'],
    ['STTTT', 'Sở Thông tin và Truyền thông'],
    ['Sở KH&ĐT', 'Sở Kế hoạch và Đầu tư'],
    ['Sở KH-ĐT', 'Sở Kế hoạch và Đầu tư'],
    ['sở khđt', 'Sở Kế hoạch và Đầu tư'],
    ['Sở KHDT', 'Sở Kế hoạch và Đầu tư'],
    ['SKHĐT', 'Sở Kế hoạch và Đầu tư'],
    ['Sở LĐTB&XH', 'Sở Lao động - Thương binh và Xã hội'],
    ['Sở LĐ-TB&XH', 'Sở Lao động - Thương binh và Xã hội'],
    ['Sở Lao động – Thương binh & Xã hội', 'Sở Lao động - Thương binh và Xã hội'],
    ['Sở Lao động Thương binh và Xã hội', 'Sở Lao động - Thương binh và Xã hội'],
    ['Sở Lao động - TBXH', 'Sở Lao động - Thương binh và Xã hội'],
    ['Sở NN&PTNT', 'Sở Nông nghiệp và Phát triển nông thôn'],
    ['Sở Nông nghiệp và PTNT', 'Sở Nông nghiệp và Phát triển nông thôn'],
    ['Sở Nông nghiệp & PTNT', 'Sở Nông nghiệp và Phát triển nông thôn'],
    ['Sở GD&ĐT', 'Sở Giáo dục và Đào tạo'],
    ['Sở GDĐT', 'Sở Giáo dục và Đào tạo'],
    ['SGDĐT', 'Sở Giáo dục và Đào tạo'],
    ['Sở VHTTDL', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['Sở VH,TT&DL', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['Sở Văn hoá, Thể thao và Du lịch', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['Sở TN&MT', 'Sở Tài nguyên và Môi trường'],
    ['Sở KHCN', 'Sở Khoa học và Công nghệ'],
    ['Sở KH&CN', 'Sở Khoa học và Công nghệ'],
    ['Sở Khoa học Công nghệ', 'Sở Khoa học và Công nghệ'],
    ['Sở Giao thông Vận tải', 'Sở Giao thông vận tải'],
    ['Sở GTVT', 'Sở Giao thông vận tải'],
    ['Sở XD', 'Sở Xây dựng'],
    ['SNV', 'Sở Nội vụ'],
    ['Sở NV', 'Sở Nội vụ'],
    ['Sở Nội vụ tỉnh', 'Sở Nội vụ'],
    ['Sở Nội vụ tỉnh Sơn La', 'Sở Nội vụ'],
    ['Sở Nội vụ (cơ quan thường trực)', 'Sở Nội vụ'],
    ['Sở TC', 'Sở Tài chính'],
    ['Sở TP', 'Sở Tư pháp'],
    ['Sở Công thương', 'Sở Công Thương'],
    ['Sở NN&MT', 'Sở Nông nghiệp và Môi trường'],
    ['SYT', 'Sở Y tế'],
    ['so tu phap', 'Sở Tư pháp'],
    ['So Noi vu tinh Son La', 'Sở Nội vụ'],
    ['Sở Tư phap', 'Sở Tư pháp'],
    ['UBND tỉnh', 'UBND tỉnh'],
    ['Ủy ban nhân dân tỉnh', 'UBND tỉnh'],
    ['Uỷ ban nhân dân tỉnh Sơn La', 'UBND tỉnh'],
    ['UBND tỉnh Sơn La', 'UBND tỉnh'],
    ['Hội đồng nhân dân tỉnh', 'HĐND tỉnh'],
    ['VPUB', 'Văn phòng UBND tỉnh'],
    ['VP UBND tỉnh', 'Văn phòng UBND tỉnh'],
    ['Văn phòng Uỷ ban nhân dân tỉnh', 'Văn phòng UBND tỉnh'],
    ['Văn phòng UBND tỉnh (Phòng Kiểm soát thủ tục hành chính)', 'Văn phòng UBND tỉnh'],
    ['Ban QL các khu công nghiệp tỉnh', 'Ban Quản lý các khu công nghiệp'],
    ['BQL các KCN tỉnh', 'Ban Quản lý các khu công nghiệp'],
    ['BQL KCN', 'Ban Quản lý các khu công nghiệp'],
    ['Trung tâm thông tin, Văn phòng UBND tỉnh', 'Trung tâm Thông tin, Văn phòng UBND tỉnh'],
    ['Trung tâm Thông tin VP.UBND tỉnh', 'Trung tâm Thông tin, Văn phòng UBND tỉnh'],
    ['Trung tâm Thông tin - Văn phòng UBND tỉnh', 'Trung tâm Thông tin, Văn phòng UBND tỉnh'],
    ['Trung tâm lưu trữ lịch sử, Sở Nội vụ', 'Trung tâm Lưu trữ lịch sử, Sở Nội vụ'],
    ['TTPVHCC tỉnh', 'Trung tâm Phục vụ hành chính công tỉnh'],
    ['Kho bạc nhà nước Khu vực X (Đầu mối tại Sơn La)', 'Kho bạc Nhà nước khu vực X'],
    ['Bảo hiểm xã hội Khu vực II', 'Bảo hiểm xã hội khu vực II'],
    ['BHXH tỉnh', 'Bảo hiểm xã hội tỉnh'],
    ['KBNN tỉnh', 'Kho bạc Nhà nước tỉnh'],
    ['Viễn Thông Sơn La (VNPT)', 'Viễn thông Sơn La'],
    ['HHDN tỉnh', 'Hiệp hội Doanh nghiệp tỉnh'],
    ['LM HTX tỉnh', 'Liên minh Hợp tác xã tỉnh'],
    ['Đài PT-TH tỉnh', 'Đài Phát thanh và Truyền hình tỉnh'],
    ['Báo và Phát thanh, truyền hình Sơn La', 'Báo và Phát thanh, Truyền hình tỉnh'],
    ['Báo Sơn La và Phát thanh, Truyền hình tỉnh', 'Báo và Phát thanh, Truyền hình tỉnh'],
    ['Bộ Chỉ huy bộ đội biên phòng tỉnh', 'Bộ Chỉ huy Bộ đội Biên phòng tỉnh'],
    ['BCH Bộ đội Biên phòng tỉnh', 'Bộ Chỉ huy Bộ đội Biên phòng tỉnh'],
    ['Uỷ Ban MTTQ VN tỉnh', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh'],
    ['MTTQ tỉnh', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh'],
    ['Ban Dân vận và Tuyên giáo Tỉnh ủy', 'Ban Tuyên giáo và Dân vận Tỉnh ủy'],
    ['Công an tỉnh Sơn La', 'Công an tỉnh'],
    ['UBND P. Tô Hiệu', 'UBND phường Tô Hiệu'],
    ['UBND X. Chiềng Mai', 'UBND xã Chiềng Mai'],
    ['UBND H. Thuận Châu', 'UBND huyện Thuận Châu'],
    ['Sở Nội vụ Sơn La', 'Sở Nội vụ'],
    ['Thường trực tỉnh uỷ', 'Thường trực Tỉnh ủy'],
    ['Văn phòng Chính phủ', 'Văn phòng Chính phủ'],
    ['Bộ KH&ĐT', 'Bộ Kế hoạch và Đầu tư'],
    ['Liên đoàn Thương mại và CN Việt Nam', 'Liên đoàn Thương mại và Công nghiệp Việt Nam'],
    ['VCCI', 'Liên đoàn Thương mại và Công nghiệp Việt Nam'],
    ['UBND phường Tô Hiệu', 'UBND phường Tô Hiệu'],
    ['xã Mường É', 'UBND xã Mường É'],
    ['UBND TP Sơn La', 'UBND thành phố Sơn La'],
    ['UBND thành phố Sơn La, tỉnh Sơn La', 'UBND thành phố Sơn La'],
  ])('%s is %s', (spelling, name) => {
    expect(sonLa(spelling)).toMatchObject({ status: 'found', name })
  })

  it.each([
    ['Hiệp hội Doanh nghiêp tỉnh', 'Hiệp hội Doanh nghiệp tỉnh'],
    ['Sở Tài Nguyên và Môi trường', 'Sở Tài nguyên và Môi trường'],
    ['Ngân hàng nhà nước Chi nhánh tỉnh Lạng Sơn', 'Ngân hàng Nhà nước Chi nhánh tỉnh Lạng Sơn'],
    ['Ngân hàng nhà nước Việt Nam Chi nhánh Lạng Sơn', 'Ngân hàng Nhà nước Chi nhánh tỉnh Lạng Sơn'],
    ['Cục Quản lý thị trường tỉnh', 'Cục Quản lý thị trường tỉnh'],
    ['Tòa án tỉnh', 'Tòa án nhân dân tỉnh'],
    ['Toà án tỉnh', 'Tòa án nhân dân tỉnh'],
    ['Đài PT&TH', 'Đài Phát thanh và Truyền hình tỉnh'],
    ['Báo L.Sơn', 'Báo Lạng Sơn'],
    ['Hội doanh nhân trẻ tỉnh', 'Hội Doanh nhân trẻ tỉnh'],
    ['Đoàn ĐBQH tỉnh', 'Đoàn đại biểu Quốc hội tỉnh'],
    ['Uỷ Ban MTTQ VN tỉnh', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh'],
  ])('in Lạng Sơn, %s is %s', (spelling, name) => {
    expect(langSon(spelling)).toMatchObject({ status: 'found', name })
  })

  it('finds every seeded name and alias, however case, Unicode form, spaces and "và" vary', () => {
    const spellings = seeds.flatMap(({ province, agencies }) =>
      agencies
        .filter(({ kind }) => kind !== 'collective')
        .flatMap(({ name, aliases = [], renamed = [] }) =>
          [
            name,
            ...aliases.filter((each) => typeof each === 'string'),
            ...renamed.map((each) => each.name),
          ].map((spelling) => ({
            spelling,
            province: province ?? 'son-la',
            id: agencyId(province, name),
          })),
        ),
    )
    const vary = fc.record({
      chosen: fc.constantFrom(...spellings),
      upper: fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
      decomposed: fc.boolean(),
      space: fc.constantFrom(' ', '  ', '\u00a0', ' \u200b', '\n'),
      and: fc.constantFrom(' và ', ' & ', ' VÀ ', ' '),
    })
    fc.assert(
      fc.property(vary, ({ chosen, upper, decomposed, space, and }) => {
        const cased = Array.from(chosen.spelling)
          .map((letter, index) => (upper[index % 120]! ? letter.toUpperCase() : letter.toLowerCase()))
          .join('')
        const text = cased.replace(/ và /iu, and).replaceAll(' ', space)
        const answer = directory.resolve(decomposed ? text.normalize('NFD') : text, {
          date: '2025-07-20',
          province: chosen.province,
        })
        expect(answer).toMatchObject({ status: 'found', id: chosen.id })
      }),
      { numRuns: 3000 },
    )
  })
})
