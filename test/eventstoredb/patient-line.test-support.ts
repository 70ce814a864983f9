import type { TestProcess } from '#testing'

/** As `line`, on a machine so busy that a process takes minutes to get there: given up when the process has ended. */
export async function patientLine(process: TestProcess, prefix: string): Promise<string> {
  let over = false
  void process.ended.then(() => (over = true))
  for (let patience = 12; ; patience--)
    try {
      return await process.line(prefix)
    } catch (error) {
      if (over || patience === 0) throw error
    }
}
