import { describe, expect, it } from '@jest/globals'
import { Argument, Command, CommanderError, Option } from 'commander'
import { speakVietnamese } from './usage-text.js'

function said(...words: readonly string[]): string {
  let text = ''
  const program = new Command('roviec').exitOverride()
  program.configureOutput({
    writeErr: (part) => void (text += part),
    writeOut: (part) => void (text += part),
  })
  speakVietnamese(program)
  program
    .command('import')
    .argument('<tệp>')
    .addArgument(new Argument('[loại]').choices(['csv', 'xlsx']))
    .requiredOption('--code <mã>')
    .addOption(new Option('--dry-run').conflicts('declared'))
    .option('--declared <số>')
    .allowExcessArguments(false)
  expect(() => program.parse(words, { from: 'user' })).toThrow(CommanderError)
  return text
}

describe('wrong usage, told in Vietnamese', () => {
  it.each([
    [['imprt'], 'Không có lệnh “imprt”.\n(Có phải ý là import?)'],
    [['import', 'a', '--code', 'X', '--cod'], 'Không có tùy chọn “--cod”.\n(Có phải ý là --code?)'],
    [['import', '--code', 'X'], 'Thiếu tham số <tệp>.'],
    [['import', 'a.csv', '--code'], 'Tùy chọn “--code <mã>” thiếu giá trị.'],
    [['import', 'a.csv'], 'Thiếu tùy chọn bắt buộc “--code <mã>”.'],
    [['import', 'a', 'csv', 'c', '--code', 'X'], 'Lệnh “import” chỉ nhận 2 tham số, đã ghi 3.'],
    [
      ['import', 'a', '--code', 'X', '--dry-run', '--declared', '1'],
      'Không dùng “--dry-run” cùng với “--declared <số>”.',
    ],
    [
      ['import', 'a', 'pdf', '--code', 'X'],
      'Giá trị “pdf” của tham số <loại> không hợp lệ. Các giá trị được dùng: csv, xlsx.',
    ],
  ])('%j', (words, text) => {
    expect(said(...words)).toBe(`${text}\n(roviec --help để xem cách dùng)\n`)
  })

  it('titles of the help', () => {
    const help = said('import', '--help')
    expect(help).toContain('Cách dùng: roviec import')
    expect(help).toContain('Tùy chọn:')
    expect(help).not.toMatch(/Usage|Options|display help/)
  })
})
