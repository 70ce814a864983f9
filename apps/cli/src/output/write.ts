/** To standard output; waits where the reader is slower, so that memory stays flat however much is written. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
