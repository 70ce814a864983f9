import { Command, CommanderError } from 'commander'
import { addAccountabilityRuleCommands } from './commands/accountability-rule.commands.js'
import { addApologyCommand } from './commands/apology.command.js'
import { addCalendarCommands } from './commands/calendar.commands.js'
import { addDossierCommands } from './commands/dossiers.commands.js'
import { addLogCommands } from './commands/log.commands.js'
import { addLookupCommands } from './commands/lookup.commands.js'
import { addOperateCommands } from './commands/operate.commands.js'
import { addParkedCommands } from './commands/parked.commands.js'
import { addProcessesCommands } from './commands/processes.commands.js'
import { addProjectionsCommands } from './commands/projections.commands.js'
import { addMasterKeyCommand } from './commands/master-key.command.js'
import { addRatesCommands } from './commands/rates.commands.js'
import { addReadCommands } from './commands/read.commands.js'
import { addRegisterCommands } from './commands/registers.commands.js'
import { addReportPeriodCommands } from './commands/report-periods.commands.js'
import { addSimulateCommands } from './commands/simulate.commands.js'
import { addTimersCommands } from './commands/timers.commands.js'
import { addWhyCommands } from './commands/why.commands.js'
import { addWorkflowCommands } from './commands/workflow.commands.js'
import { addWriteCommands } from './commands/write.commands.js'
import { exitCodes, tellError } from './output/answer.js'
import { speakVietnamese } from './output/usage-text.js'

const additions = [
  addReadCommands,
  addWriteCommands,
  addRegisterCommands,
  addLookupCommands,
  addCalendarCommands,
  addOperateCommands,
  addProjectionsCommands,
  addParkedCommands,
  addTimersCommands,
  addProcessesCommands,
  addDossierCommands,
  addApologyCommand,
  addRatesCommands,
  addAccountabilityRuleCommands,
  addReportPeriodCommands,
  addSimulateCommands,
  addWhyCommands,
  addWorkflowCommands,
  addLogCommands,
  addMasterKeyCommand,
]

/** Runs one command line, without the program's own name; its exit code is `process.exitCode` then. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const program = describeProgram()
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    else
      process.exitCode = tellError(
        error,
        program.commands.some((command) => command.opts()['json'] === true) ||
          program.opts()['json'] === true,
      )
  }
}

function describeProgram(): Command {
  const program = new Command('roviec')
    .description('RõViệc: rõ người, rõ việc, rõ tiến độ, rõ kết quả, rõ trách nhiệm')
    .option('--json', 'một tài liệu JSON trên đầu ra chuẩn / one JSON document on standard output')
    .option('--as <người-dùng>', 'thực hiện với tư cách người dùng này / act as this actor')
    .exitOverride()
  speakVietnamese(program)

  for (const add of additions) add(program)
  for (const command of program.commands) {
    command
      .exitOverride()
      .option('--json', 'một tài liệu JSON')
      .option('--as <người-dùng>', 'thực hiện với tư cách')
  }
  return program
}
