import type { Command } from 'commander'
import { describeWorkflow, mermaidOf, workflowSvg, type WorkflowDescription } from '#engine'
import { notFound } from '#kernel'
import { contexts } from '#platform'
import { print, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'

const workflows = contexts.flatMap((context) => context.workflows)

/** The workflows as their tables say them. Needs no record and no database. */
export function addWorkflowCommands(program: Command): void {
  const workflow = program
    .command('workflow')
    .description('các quy trình: trạng thái, thao tác, ai được làm / the workflows')

  workflow
    .command('list')
    .description('mọi quy trình / every workflow')
    .option('--json', 'một tài liệu JSON')
    .action((_options, command: Command) => {
      const all = workflows.map(describeWorkflow)
      print({ json: all, text: listText(all) }, isJson(command))
    })

  workflow
    .command('show <tên>')
    .description('một quy trình / one workflow')
    .option('--json', 'một tài liệu JSON')
    .option('--mermaid', 'sơ đồ trạng thái dạng Mermaid / as a Mermaid state diagram')
    .option('--svg', 'hình vẽ SVG / as an SVG picture')
    .action((name: string, options: { readonly mermaid?: true; readonly svg?: true }, command: Command) => {
      const shown = describe(name)
      if (options.mermaid === true) terminal.write(mermaidOf(shown))
      else if (options.svg === true) terminal.write(workflowSvg(shown))
      else print({ json: shown, text: showText(shown) }, isJson(command))
    })
}

function isJson(command: Command): boolean {
  return command.optsWithGlobals<Options>()['json'] === true
}

function describe(name: string): WorkflowDescription {
  const found = workflows.find((workflow) => workflow.name === name)
  if (found !== undefined) return describeWorkflow(found)
  const known = workflows.map((workflow) => workflow.name)
  throw notFound(
    'workflow-unknown',
    {
      vi: `Không có quy trình “${name}”. Các quy trình: ${known.join(', ')}.`,
      en: `There is no workflow ${name}. Known: ${known.join(', ')}.`,
    },
    { workflow: name, known },
  )
}

function listText(all: readonly WorkflowDescription[]): string {
  return formatTable(
    all,
    [
      { heading: 'Quy trình', value: ({ name }) => name },
      {
        heading: 'Trạng thái',
        value: ({ states }) => states.map(({ text }) => text.vi).join(', '),
        width: 70,
      },
      { heading: 'Thao tác', value: ({ transitions }) => transitions.length, align: 'right' },
    ],
    terminal.colour,
  )
}

function showText({ states, transitions }: WorkflowDescription): string {
  const label = (state: string): string => states.find(({ name }) => name === state)?.text.vi ?? state
  const labels = (some: readonly string[]): string => some.map(label).join(', ')
  return formatTable(
    transitions,
    [
      { heading: 'Thao tác', value: ({ name, text }) => `${text.vi} (${name})`, width: 36 },
      { heading: 'Từ trạng thái', value: ({ from }) => labels(from), width: 30 },
      { heading: 'Sang trạng thái', value: ({ to }) => labels(to), width: 30 },
      { heading: 'Ai được làm', value: ({ by }) => by.map(({ text }) => text.vi).join('; '), width: 36 },
    ],
    terminal.colour,
  )
}
