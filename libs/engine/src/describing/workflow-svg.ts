import type { WorkflowDescription } from './describe-workflow.js'
import { stateGraph } from './state-graph.js'
import { element, font, label } from './svg-text.js'
import { transitionChart } from './transition-chart.js'

const legend =
  '● bắt đầu từ trạng thái này   ▶ sang trạng thái này   ◉ có thể giữ nguyên, hoặc sang một trạng thái ◉ khác'

/** The workflow as a picture: its states in layers, and under them every transition with its states and its actors. */
export function workflowSvg(workflow: WorkflowDescription): string {
  const graph = stateGraph(workflow)
  const chart = transitionChart(workflow)
  const width = Math.max(graph.width, chart.width)
  const top = graph.height + 40
  const height = top + chart.height
  const head = element(
    'marker',
    { id: 'head', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' },
    element('path', { d: 'M0 0L10 5L0 10z', fill: 'context-stroke' }),
  )
  const parts = [
    element('title', {}, workflow.name),
    element('defs', {}, head),
    element('rect', { width, height, fill: '#fff' }),
    graph.svg,
    label(legend, 20, graph.height + 14, { fill: '#64748b', 'font-size': 12 }),
    element('g', { transform: `translate(0 ${top})` }, `\n${chart.svg}\n`),
  ]
  const frame = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height }
  return `${element('svg', { ...frame, 'font-family': font, 'font-size': 14, fill: '#0f172a' }, `\n${parts.join('\n')}\n`)}\n`
}
