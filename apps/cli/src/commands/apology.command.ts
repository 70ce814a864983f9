import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { findApology, writeApology } from '#dossiers'
import { answering } from '../output/answer.js'

/** Phiếu xin lỗi và hẹn lại ngày trả kết quả, as a file to be printed and signed. */
export function addApologyCommand(program: Command): void {
  program
    .command('apology <mã>')
    .description('phiếu xin lỗi (mẫu 04) từ sự kiện đã ghi, ra tệp .docx / the apology as a document')
    .requiredOption('--out <tệp>', 'tệp .docx sẽ ghi')
    .option('--source <mã>', 'hệ thống nguồn, khi nhiều hệ thống dùng cùng mã')
    .action((code: string, _options, command: Command) =>
      answering(command, async (session, { source, out }) => {
        const apology = await session.ask(findApology, { code, ...(source !== undefined && { source }) })
        const file = String(out)
        await writeFile(file, await writeApology(apology))
        const { eventId, digest } = apology
        const text = `Đã ghi ${file}.\nMã sự kiện: ${eventId}\nDấu vân tay SHA-256: ${digest}\n`
        return { json: { ...apology, file }, text }
      }),
    )
}
