import type { TransitionDescription, WorkflowDescription } from './describe-workflow.js'
import type { Drawing } from './state-graph.js'
import { element, inLines, label } from './svg-text.js'

const row = { head: 56, least: 40, line: 15 }
const column = { name: 290, state: 100, who: 360 }
const margin = 20
const dot = 6
const grey = { fill: '#64748b', 'font-size': 11 }

/** One row a transition, one column a state: from where, to where, by whom. */
export function transitionChart(workflow: WorkflowDescription): Drawing {
  const { states, transitions } = workflow
  const width = 2 * margin + column.name + states.length * column.state + column.who
  const columnOf = (state: string): number => states.findIndex(({ name }) => name === state)
  const x = (state: string): number => margin + column.name + (columnOf(state) + 0.5) * column.state
  const heads = states.flatMap(({ name, text }) =>
    inLines(text.vi, 13).map((line, index) =>
      label(line, x(name), 18 + index * 15, { 'text-anchor': 'middle', 'font-weight': 600 }),
    ),
  )
  const who = label('Người thực hiện', width - column.who, 18, { 'font-weight': 600 })
  let y = row.head
  const rows = transitions.map((transition, index) => {
    const actors = inLines(transition.by.map(({ text }) => text.vi).join('; '), 56)
    const height = Math.max(row.least, 12 + actors.length * row.line)
    const stripe = element('rect', { x: margin / 2, y, width: width - margin, height, fill: '#f8fafc' })
    const drawn = [
      ...(index % 2 === 0 ? [stripe] : []),
      label(transition.text.vi, margin, y + 17),
      label(transition.name, margin, y + 32, grey),
      ...marks(transition, x, y + height / 2),
      ...actors.map((line, at) =>
        label(line, width - column.who, y + 17 + at * row.line, { 'font-size': 12 }),
      ),
    ]
    y += height
    return drawn.join('\n')
  })
  return { svg: [...heads, who, ...rows].join('\n'), width, height: y + margin }
}

/** ● starts here; ▶ leads here; ◉ both: it may stay, or change among these. */
function marks(
  { from, to }: TransitionDescription,
  x: (state: string) => number,
  y: number,
): readonly string[] {
  const all = [...from, ...to].map(x)
  const [first, last] = [Math.min(...all), Math.max(...all)]
  const path = element('line', { x1: first, x2: last, y1: y, y2: y, stroke: '#94a3b8', 'stroke-width': 1.5 })
  const starts = from.map((state) =>
    to.includes(state)
      ? element('circle', {
          cx: x(state),
          cy: y,
          r: dot,
          fill: '#fff',
          stroke: '#1d4ed8',
          'stroke-width': 2,
        }) + element('circle', { cx: x(state), cy: y, r: 3, fill: '#1d4ed8' })
      : element('circle', { cx: x(state), cy: y, r: dot, fill: '#1d4ed8' }),
  )
  const ends = to
    .filter((state) => !from.includes(state))
    .map((state) => {
      const side = from.some((one) => x(one) < x(state)) ? -1 : 1
      const tip = x(state) - side * dot
      return element('path', { d: `M${tip} ${y}l${side * 14} -8v16z`, fill: '#b45309' })
    })
  return [path, ...starts, ...ends]
}
