import type { WorkflowDescription } from './describe-workflow.js'
import { stateArrows, type StateArrow } from './state-arrows.js'
import { element, escaped, label } from './svg-text.js'

interface Place {
  readonly layer: number
  readonly x: number
  readonly y: number
}

export interface Drawing {
  readonly svg: string
  readonly width: number
  readonly height: number
}

const box = { width: 170, height: 34 }
const step = { x: 250, y: 58 }
const margin = 20

/** The states in layers by their distance from the first, left to right, with the arrows between them. */
export function stateGraph(workflow: WorkflowDescription): Drawing {
  const arrows = stateArrows(workflow)
  const layers = layersOf(workflow, arrows)
  const height = Math.max(...layers.map((layer) => layer.length)) * step.y
  const places = new Map<string, Place>()
  layers.forEach((layer, at) => {
    const top = margin + (height - layer.length * step.y) / 2
    layer.forEach((state, row) =>
      places.set(state, { layer: at, x: margin + at * step.x, y: top + row * step.y }),
    )
  })
  const boxes = workflow.states.map(({ name, text }) => {
    const { x, y } = places.get(name)!
    const shape = {
      x,
      y,
      ...box,
      rx: 8,
      fill: name === workflow.initial ? '#eef2f7' : '#fff',
      stroke: '#334155',
    }
    const middle = { 'text-anchor': 'middle' }
    return element('rect', shape) + label(text.vi, x + box.width / 2, y + box.height / 2 + 5, middle)
  })
  const lines = arrows.map((arrow) => line(places.get(arrow.from)!, places.get(arrow.to)!, arrow))
  return {
    svg: [...lines, ...boxes].join('\n'),
    width: 2 * margin + (layers.length - 1) * step.x + box.width + step.x / 4,
    height: height + 2 * margin,
  }
}

/** By breadth first; what no arrow leads to stands last. */
function layersOf({ initial, states }: WorkflowDescription, arrows: readonly StateArrow[]): string[][] {
  const layers = [[initial]]
  const placed = new Set([initial])
  const add = (names: readonly string[]): void => {
    if (names.length === 0) return
    layers.push([...names])
    for (const name of names) placed.add(name)
  }
  for (let layer = 0; layer < layers.length; layer++)
    add(
      states
        .map(({ name }) => name)
        .filter(
          (to) => !placed.has(to) && arrows.some((one) => one.to === to && layers[layer]!.includes(one.from)),
        ),
    )
  add(states.map(({ name }) => name).filter((name) => !placed.has(name)))
  return layers
}

/** Onward arrows are drawn through, those within a layer and back are dashed; its title names the transitions. */
function line(from: Place, to: Place, { by }: StateArrow): string {
  const onward = to.layer > from.layer
  const back = to.layer < from.layer
  const start = { x: back ? from.x : from.x + box.width, y: from.y + box.height / 2 + (back ? 7 : -4) }
  const end = { x: onward ? to.x : to.x + box.width, y: to.y + box.height / 2 + (onward ? -4 : 7) }
  const reach = onward || back ? Math.abs(end.x - start.x) / 2 : step.x / 4
  const bend = [start.x + (back ? -reach : reach), end.x + (onward ? -reach : reach)]
  const path = `M${start.x} ${start.y}C${bend[0]} ${start.y} ${bend[1]} ${end.y} ${end.x} ${end.y}`
  const style: Readonly<Record<string, string>> = onward
    ? { stroke: '#1d4ed8' }
    : { stroke: '#b45309', 'stroke-dasharray': '5 4' }
  const named = by.map(({ text }) => text.vi).join(', ')
  return element(
    'path',
    { d: path, fill: 'none', 'marker-end': 'url(#head)', ...style },
    element('title', {}, escaped(named)),
  )
}
