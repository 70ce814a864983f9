import { RoviecError } from '#kernel'

/** Another worker has the projection now, or an operator paused it: what this page wrote is rolled back. */
export class LeaseLost extends RoviecError {
  override readonly name = 'LeaseLost'

  constructor(projection: string) {
    super(
      'conflict',
      'lease-lost',
      {
        vi: `Một tiến trình khác đang cập nhật ${projection}; tiến trình này dừng lại.`,
        en: `Another worker has ${projection} now, or it is paused; this one stands down.`,
      },
      { projection },
    )
  }
}
