import type { Command } from 'commander'
import { MasterKeys } from '#engine'
import { notice, print, type Options } from '../output/answer.js'

/** Needs no installation: the key is made before there is one. */
export function addMasterKeyCommand(program: Command): void {
  program
    .command('master-key')
    .description('tạo một khóa chính mới cho ROVIEC_MASTER_KEY, không lưu ở đâu cả / make a master key')
    .action((_options, command: Command) => {
      const key = MasterKeys.generate()
      notice(
        'Đặt vào ROVIEC_MASTER_KEY, hoặc ghi vào tệp mà ROVIEC_MASTER_KEY_FILE chỉ đến, và sao lưu ở nơi khác với cơ sở dữ liệu.',
      )
      print({ json: { key }, text: `${key}\n` }, command.optsWithGlobals<Options>()['json'] === true)
    })
}
