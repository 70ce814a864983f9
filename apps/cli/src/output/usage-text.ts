import type { Command } from 'commander'

/** What the parser of the command line says, in Vietnamese unless `ROVIEC_LANG=en`; for every command added afterwards. */
export function speakVietnamese(program: Command): void {
  if (process.env['ROVIEC_LANG'] === 'en') {
    program.showHelpAfterError('(roviec --help shows how it is used)')
    return
  }
  program
    .showHelpAfterError('(roviec --help để xem cách dùng)')
    .helpOption('-h, --help', 'xem cách dùng')
    .helpCommand('help [lệnh]', 'xem cách dùng một lệnh')
    .configureOutput({ outputError: (text, write) => write(vietnameseUsageError(text)) })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Cách dùng:',
  'Arguments:': 'Tham số:',
  'Options:': 'Tùy chọn:',
  'Global Options:': 'Tùy chọn chung:',
  'Commands:': 'Lệnh:',
}

/** Exported for its test. A sentence of the parser that is not known here stays as it is: better English than nothing. */
export function vietnameseUsageError(text: string): string {
  return sentences.reduce((said, [english, vietnamese]) => said.replace(english, vietnamese), text)
}

const sentences: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '([^]*?)'/u, 'Không có lệnh “$1”.'],
  [/^error: unknown option '([^]*?)'/u, 'Không có tùy chọn “$1”.'],
  [/^error: missing required argument '([^]*?)'/u, 'Thiếu tham số <$1>.'],
  [/^error: option '([^]*?)' argument missing/u, 'Tùy chọn “$1” thiếu giá trị.'],
  [/^error: required option '([^]*?)' not specified/u, 'Thiếu tùy chọn bắt buộc “$1”.'],
  [
    /^error: too many arguments for '([^]*?)'\. Expected (\d+) arguments? but got (\d+)[^\n]*/u,
    'Lệnh “$1” chỉ nhận $2 tham số, đã ghi $3.',
  ],
  [
    /^error: too many arguments\. Expected (\d+) arguments? but got (\d+)[^\n]*/u,
    'Chỉ nhận $1 tham số, đã ghi $2.',
  ],
  [/^error: option '([^]*?)' cannot be used with option '([^]*?)'/u, 'Không dùng “$1” cùng với “$2”.'],
  [
    /^error: option '([^]*?)' argument '([^]*?)' is invalid\./u,
    'Giá trị “$2” của tùy chọn “$1” không hợp lệ.',
  ],
  [
    /^error: command-argument value '([^]*?)' is invalid for argument '([^]*?)'\./u,
    'Giá trị “$1” của tham số <$2> không hợp lệ.',
  ],
  [/ Allowed choices are ([^\n]*)\./u, ' Các giá trị được dùng: $1.'],
  [/\n\(Did you mean one of ([^\n]*)\?\)/u, '\n(Có phải ý là một trong: $1?)'],
  [/\n\(Did you mean ([^\n]*)\?\)/u, '\n(Có phải ý là $1?)'],
]
