/**
 * Several endless works side by side: the end of one, by itself or by an error, ends the others. Answers when all have
 * come to rest; throws the first error.
 */
export async function together(
  stop: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const end = new AbortController()
  const signal = AbortSignal.any([stop, end.signal])
  let first: { readonly error: unknown } | undefined
  await Promise.all(
    works.map(async (work) => {
      try {
        await work(signal)
      } catch (error) {
        first ??= { error }
      } finally {
        end.abort()
      }
    }),
  )
  if (first !== undefined && !stop.aborted) throw first.error
}
