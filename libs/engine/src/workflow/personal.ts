/**
 * A personal value as it is stored: in events, states, views and snapshots nothing else of it stands. `at` is the
 * place it was sealed for, which cannot be changed without its becoming unreadable.
 */
export interface Sealed {
  readonly $sealed: {
    readonly v: 1
    /** Id of the key, which knows whose it is. */
    readonly key: string
    readonly at: { readonly event: string; readonly type: string; readonly path: string }
    readonly nonce: string
    readonly text: string
  }
}

/**
 * What a reader gets in place of a personal value: `sealed` without the right to it, `erased` once its key is gone,
 * `unreadable` where the key is missing or the stored text is not what was sealed for this place.
 */
export type Withheld = { readonly sealed: true } | { readonly erased: true } | { readonly unreadable: true }

/**
 * A field that `personal` of a workflow names: given in plain by a decision, sealed in the log, plain or withheld for
 * a reader. Events older than the sealing hold it in plain.
 */
export type Personal<Value = string> = Value | Sealed | Withheld
