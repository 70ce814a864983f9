/** Every distinct lead and coordinating cell of both Phụ lục, with the parties in it. */
export const cells: readonly (readonly [string, readonly string[]])[] = [
  ['Sở Thông tin và Truyền thông', ['Sở Thông tin và Truyền thông']],
  ['Sở Kế hoạch và Đầu tư', ['Sở Kế hoạch và Đầu tư']],
  ['Văn phòng UBND tỉnh', ['Văn phòng UBND tỉnh']],
  ['Sở Nông nghiệp và PTNT', ['Sở Nông nghiệp và PTNT']],
  ['Ban QL các khu công nghiệp tỉnh', ['Ban QL các khu công nghiệp tỉnh']],
  ['Ban Quản lý các khu công nghiệp', ['Ban Quản lý các khu công nghiệp']],
  ['Sở Nông nghiệp và Phát triển nông thôn', ['Sở Nông nghiệp và Phát triển nông thôn']],
  ['', []],
  ['Các sở, ban, ngành', ['Các sở, ban, ngành']],
  ['Các sở, ban, ngành; UBND các huyện, thành phố', ['Các sở, ban, ngành', 'UBND các huyện, thành phố']],
  ['Các sở, ban, ngành, UBND các huyện, thành phố', ['Các sở, ban, ngành', 'UBND các huyện, thành phố']],
  ['Các sở, ban, ngành, UBND các huyện, thành phố.', ['Các sở, ban, ngành', 'UBND các huyện, thành phố']],
  ['Sở, ban, ngành, UBND các huyện, thành phố', ['Sở, ban, ngành', 'UBND các huyện, thành phố']],
  ['Sở Nội vụ; Sở Tài chính', ['Sở Nội vụ', 'Sở Tài chính']],
  [
    'Các cơ quan quản lý chuyên ngành theo Quyết định số 2833/QĐ-UBND ngày 22/11/2019 của UBND tỉnh',
    ['Các cơ quan quản lý chuyên ngành theo Quyết định số 2833/QĐ-UBND ngày 22/11/2019 của UBND tỉnh'],
  ],
  ['- Văn phòng UBND tỉnh; Sở Tư pháp', ['Văn phòng UBND tỉnh', 'Sở Tư pháp']],
  [
    'Trung tâm thông tin, Văn phòng UBND tỉnh; Trung tâm lưu trữ lịch sử, Sở Nội vụ',
    ['Trung tâm thông tin, Văn phòng UBND tỉnh', 'Trung tâm lưu trữ lịch sử, Sở Nội vụ'],
  ],
  [
    'Văn phòng UBND tỉnh; Sở, ban, ngành tỉnh; UBND các huyện, thành phố; UBND cấp xã',
    ['Văn phòng UBND tỉnh', 'Sở, ban, ngành tỉnh', 'UBND các huyện, thành phố', 'UBND cấp xã'],
  ],
  ['Các sở, ngành, đơn vị có liên quan', ['Các sở, ngành, đơn vị có liên quan']],
  [
    'Các sở, ban ngành; các đơn vị sự nghiệp; UBND các huyện, thành phố; UBND cấp xã; các cơ sở đào tạo.',
    [
      'Các sở, ban ngành',
      'các đơn vị sự nghiệp',
      'UBND các huyện, thành phố',
      'UBND cấp xã',
      'các cơ sở đào tạo',
    ],
  ],
  [
    'Các sở, ban ngành; các đơn vị sự nghiệp; UBND các huyện, thành phố; UBND cấp xã.',
    ['Các sở, ban ngành', 'các đơn vị sự nghiệp', 'UBND các huyện, thành phố', 'UBND cấp xã'],
  ],
  [
    'Các sở, ban, ngành, UBND các huyện, thành phố; UBND các xã',
    ['Các sở, ban, ngành', 'UBND các huyện, thành phố', 'UBND các xã'],
  ],
  [
    'Sở Tài chính; các sở, ban, ngành, UBND các huyện, thành phố',
    ['Sở Tài chính', 'các sở, ban, ngành', 'UBND các huyện, thành phố'],
  ],
  ['Sở Tài chính; các cơ quan, đơn vị có liên quan', ['Sở Tài chính', 'các cơ quan, đơn vị có liên quan']],
  ['UBND các xã, phường', ['UBND các xã, phường']],
  ['Các sở, ban, ngành; UBND các xã, phường', ['Các sở, ban, ngành', 'UBND các xã, phường']],
  ['Các sở, ban, ngành, UBND các xã, phường', ['Các sở, ban, ngành', 'UBND các xã, phường']],
  ['Các Sở, ban, ngành, UBND các xã, phường', ['Các Sở, ban, ngành', 'UBND các xã, phường']],
  ['Các cơ quan, đơn vị có liên quan', ['Các cơ quan, đơn vị có liên quan']],
  ['Các sở, ban, ngành; UBND các các xã, phường', ['Các sở, ban, ngành', 'UBND các các xã, phường']],
  ['Các sở, ban, ngành, UBND các các xã, phường', ['Các sở, ban, ngành', 'UBND các các xã, phường']],
  [
    'Hiệp hội doanh nghiệp tỉnh; các Sở, ban, ngành; UBND các xã, phường, các đơn vị có liên quan',
    ['Hiệp hội doanh nghiệp tỉnh', 'các Sở, ban, ngành', 'UBND các xã, phường', 'các đơn vị có liên quan'],
  ],
  [
    'Các sở, ban, ngành, đoàn thể tỉnh; UBND các xã, phường; cơ quan, đơn vị có liên quan',
    ['Các sở, ban, ngành, đoàn thể tỉnh', 'UBND các xã, phường', 'cơ quan, đơn vị có liên quan'],
  ],
  [
    'Các sở, ban, ngành tham mưu xây dựng văn bản, Văn phòng HĐND, UBND tỉnh',
    ['Các sở, ban, ngành tham mưu xây dựng văn bản', 'Văn phòng HĐND, UBND tỉnh'],
  ],
  [
    'Văn phòng Chính phủ; các sở, ban, ngành; các cơ quan, đơn vị có liên quan',
    ['Văn phòng Chính phủ', 'các sở, ban, ngành', 'các cơ quan, đơn vị có liên quan'],
  ],
  [
    'Các sở, ban, ngành; UBND các xã, phường; Viễn Thông Sơn La (VNPT)',
    ['Các sở, ban, ngành', 'UBND các xã, phường', 'Viễn Thông Sơn La (VNPT)'],
  ],
  ['Các cơ quan, địa phương, đơn vị', ['Các cơ quan, địa phương, đơn vị']],
  ['Các sở, ban ngành; UBND các xã, phường;', ['Các sở, ban ngành', 'UBND các xã, phường']],
  [
    'Sở Khoa học và Công nghệ; các sở, ban, ngành; UBND các xã, phường',
    ['Sở Khoa học và Công nghệ', 'các sở, ban, ngành', 'UBND các xã, phường'],
  ],
  ['Các đơn vị có liên quan', ['Các đơn vị có liên quan']],
  ['Các cơ quan, đươn vị có liên quan', ['Các cơ quan, đươn vị có liên quan']],
  [
    'Các sở, ban, ngành; UBND các xã, phường; cơ quan, đươn vị có liên quan',
    ['Các sở, ban, ngành', 'UBND các xã, phường', 'cơ quan, đươn vị có liên quan'],
  ],
]
