/**
 * Works on the items in their order, so many at a time. After the first error nothing new is begun; what is under way
 * comes to its end, then the error is thrown.
 */
export async function atMost<Item>(
  limit: number,
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  let failed: { readonly error: unknown } | undefined
  const worker = async (): Promise<void> => {
    while (next < items.length && failed === undefined && !signal.aborted)
      try {
        await work(items[next++]!)
      } catch (error) {
        failed ??= { error }
      }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failed !== undefined) throw failed.error
}
