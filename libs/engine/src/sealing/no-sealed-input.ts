import { InvalidInput } from '../commanding/validate-input.js'
import { replaceSealed } from './envelope.js'

/**
 * Sealed values are made here alone: one that comes with a command was copied from elsewhere or made up, and would be
 * shown as this sender's word.
 *
 * @throws InvalidInput naming the first of them
 */
export function assertNothingSealed(data: unknown): void {
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
