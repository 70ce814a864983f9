import type { Command } from '../commanding/command.js'
import { InvalidInput } from '../commanding/validate-input.js'
import { holdsSealed, replaceSealed } from './envelope.js'

/** Nobody but the program itself acts in this role. */
const system = 'system'

/**
 * Sealed values are made here alone: one that a sender brings along was copied from elsewhere or made up, and would be
 * shown as this sender's word. The program itself passes on what it has read, in processes.
 *
 * @throws InvalidInput naming the first of them
 */
export function assertNothingSealed({ data, actor }: Command): void {
  if (!holdsSealed(data) || actor.roles.includes(system)) return
  replaceSealed(data, (_sealed, path) => {
    throw new InvalidInput([
      {
        path: path === '' ? '$' : path,
        code: 'sealedInput',
        message: {
          vi: 'không được gửi nội dung đã niêm phong; gửi nội dung gốc',
          en: 'must not be a sealed value; send the text itself',
        },
      },
    ])
  })
}
