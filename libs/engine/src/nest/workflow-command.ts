import { Command as BusCommand, CommandHandler as HandlesCommand, type ICommandHandler } from '@nestjs/cqrs'
import { Inject } from '@nestjs/common'
import { CommandHandler } from '../commanding/command-handler.js'
import type { Command, Outcome } from '../commanding/command.js'

/** Any command of any workflow, on Nest's command bus. */
export class WorkflowCommand extends BusCommand<Outcome> {
  constructor(readonly command: Command) {
    super()
  }
}

@HandlesCommand(WorkflowCommand)
export class WorkflowCommandHandler implements ICommandHandler<WorkflowCommand> {
  constructor(@Inject(CommandHandler) private readonly commands: CommandHandler) {}

  execute({ command }: WorkflowCommand): Promise<Outcome> {
    return this.commands.handle(command)
  }
}
