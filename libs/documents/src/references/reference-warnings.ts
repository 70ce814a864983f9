import type { ReferenceWarning } from './document-reference.js'

export function dateImpossible(raw: string): ReferenceWarning {
  return {
    code: 'date-impossible',
    raw,
    text: {
      vi: `Ngày "${raw}" không có trong lịch, có thể do lỗi in ấn. Đề nghị đối chiếu văn bản gốc và nhập lại ngày ban hành.`,
      en: `"${raw}" is not a day of the calendar, probably a misprint. Check the original and enter the date.`,
    },
  }
}

export function dateIncomplete(raw: string): ReferenceWarning {
  return {
    code: 'date-incomplete',
    raw,
    text: {
      vi: `Ngày ban hành "${raw}" chưa ghi đủ ngày, tháng, năm. Đề nghị bổ sung khi có văn bản.`,
      en: `The date "${raw}" lacks its day, month or year. Add it when the document is known.`,
    },
  }
}

export function dateImplausible(raw: string, number: string | null): ReferenceWarning {
  const beside =
    number === null ? { vi: '', en: '' } : { vi: ` của văn bản số ${number}`, en: ` of ${number}` }
  return {
    code: 'date-implausible',
    raw,
    text: {
      vi: `Ngày "${raw}"${beside.vi} không hợp lý, có thể do lỗi in ấn. Ngày được giữ nguyên; đề nghị đối chiếu văn bản gốc.`,
      en: `The date "${raw}"${beside.en} is not plausible, probably a misprint. It is kept as printed; check the original.`,
    },
  }
}

export function numberMissing(raw: string): ReferenceWarning {
  return {
    code: 'number-missing',
    raw,
    text: {
      vi: `"${raw}" chưa ghi số văn bản. Đề nghị bổ sung số khi văn bản được ban hành.`,
      en: `"${raw}" has no number yet. Add it when the document is issued.`,
    },
  }
}

export function symbolIncomplete(raw: string): ReferenceWarning {
  return {
    code: 'symbol-incomplete',
    raw,
    text: {
      vi: `"${raw}" chưa ghi đủ ký hiệu (tên loại và cơ quan ban hành, ví dụ 19/KH-UBND). Đề nghị đối chiếu văn bản gốc.`,
      en: `"${raw}" lacks part of its symbol (type and agency, such as 19/KH-UBND). Check the original.`,
    },
  }
}

export function kindDiffersFromSymbol(raw: string, words: string, symbol: string): ReferenceWarning {
  return {
    code: 'kind-differs-from-symbol',
    raw,
    text: {
      vi: `Tên loại "${words}" không khớp với ký hiệu "${symbol}". Tên loại được lấy theo ký hiệu; đề nghị đối chiếu văn bản gốc.`,
      en: `The words "${words}" do not agree with the symbol "${symbol}". The type is taken from the symbol; check the original.`,
    },
  }
}

export function symbolShared(number: string): ReferenceWarning {
  return {
    code: 'symbol-shared',
    raw: number,
    text: {
      vi: `Văn bản số ${number} được ghi chung ký hiệu với văn bản khác nên chưa rõ ngày ban hành. Đề nghị bổ sung ngày.`,
      en: `${number} is written together with other numbers, so its date is not certain. Add the date.`,
    },
  }
}
