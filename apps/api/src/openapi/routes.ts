import { applyDecorators } from '@nestjs/common'
import { ApiBody, ApiHeader, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger'
import { schemaOf, type Query } from '#engine'
import type { Input, Workflow } from '#engine/workflow'
import { commandId, parameterExamples, type Examples } from './examples.js'
import { transitionExamples, type TransitionExample } from './transition-examples.js'
import type { Elsewhere } from '../http/elsewhere.js'
import { commandAnswerSchema, type AnswerSchema } from './answer-schemas.js'

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({ status, description, content: { 'application/problem+json': {} } })

/**
 * The members of an input class as query parameters, but for those that the path names. `examples` go before those
 * that all routes share.
 */
export function ParametersOf(
  input: Input<unknown>,
  examples: Examples = {},
  inPath: readonly string[] = [],
): MethodDecorator {
  const { properties, required } = schemaOf(input)
  return applyDecorators(
    ...Object.entries(properties)
      .filter(([name]) => !inPath.includes(name))
      .map(([name, schema]) =>
        ApiQuery({
          name,
          required: required.includes(name),
          schema: { ...schema, ...exampleOf(name, examples) },
        }),
      ),
  )
}

/** Within the schema: beside one it does not reach the document. */
function exampleOf(name: string, own: Examples): { readonly example?: Examples[string] } {
  const example = own[name] ?? parameterExamples[name]
  return example === undefined ? {} : { example }
}

/**
 * Documents a question: its parameters from the input class, the headers every answer carries, the answer if given.
 * `examples` go before those that all routes share.
 */
export function QueryRoute(
  query: Query,
  answer: AnswerSchema = {},
  examples: Examples = {},
): MethodDecorator {
  return applyDecorators(
    ParametersOf(query.input, examples, ['code', 'id']),
    ApiHeader({
      name: 'Roviec-At-Least',
      required: false,
      description: 'The position a command answered with: the answer will show that command, or 503.',
    }),
    ApiResponse({
      status: 200,
      description: query.text.en,
      content: { 'application/json': { schema: answer } },
      headers: {
        'Roviec-Position': {
          description: 'Place in the log that the answer reflects',
          schema: { type: 'string' },
        },
        'Roviec-Reflects': { description: 'When that place was recorded', schema: { type: 'string' } },
        'Roviec-Parked': {
          description:
            'Records that stand still in the view: what happened to them since is not in the answer',
          schema: { type: 'integer' },
        },
      },
    }),
    problem(401, 'No valid key'),
    problem(403, 'Role or agency may not'),
  )
}

/**
 * Documents a transition route, with a body for each example of the workflow.
 *
 * @param path the parameter that names the thing; left out where there is one such thing
 */
export function CommandRoute(
  workflow: Workflow,
  { path, elsewhere = {} }: { readonly path?: string; readonly elsewhere?: Elsewhere } = {},
): MethodDecorator {
  const transitions = [...workflow.transitions].filter(([name]) => !Object.hasOwn(elsewhere, name))
  const examples = Object.entries(transitionExamples[workflow.name] ?? {})
  return applyDecorators(
    ...(path === undefined ? [] : [thingOf(path, examples)]),
    ApiParam({
      name: 'name',
      schema: { type: 'string', enum: transitions.map(([name]) => name), example: examples[0]?.[0] },
    }),
    ApiQuery({
      name: 'dryRun',
      required: false,
      schema: { type: 'boolean', ...exampleOf('dryRun', {}) },
      description: 'Show the events, append none',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      schema: { type: 'string', format: 'uuid', example: commandId },
      description: 'UUID of the command, of your own making; repeat it to repeat safely',
    }),
    ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the revision you saw' }),
    ApiBody({
      schema: {
        oneOf: transitions.map(([name, { input, text }]) => ({
          title: name,
          description: `${text.vi} / ${text.en}`,
          type: 'object',
          properties: {
            data: schemaOf(input) as object,
            occurredAt: { type: 'string', format: 'date-time' },
            correlationId: { type: 'string' },
            causationId: { type: 'string' },
          },
        })),
      },
      examples: Object.fromEntries(
        examples.map(([name, { body }]) => [name, { summary: name, value: body }]),
      ),
    }),
    ApiResponse({
      status: 200,
      description: 'Accepted, repeated, or planned for a dry run; ETag and Roviec-Position',
      content: { 'application/json': { schema: commandAnswerSchema } },
    }),
    problem(400, 'The data is not valid; `errors` names every member'),
    problem(401, 'No valid key'),
    problem(403, 'You may not'),
    problem(409, 'Not possible in the present state, or the key was used for another command'),
    problem(412, 'Changed since the revision in If-Match'),
    problem(422, 'A rule forbids it'),
  )
}

/** The things that the examples are of: one for all, or one for each. */
function thingOf(name: string, examples: readonly (readonly [string, TransitionExample])[]): MethodDecorator {
  const schema = { type: 'string', example: examples[0]?.[1].of }
  if (new Set(examples.map(([, { of }]) => of)).size === 1) return ApiParam({ name, schema })
  const each = examples.map(([transition, { of }]) => [transition, { summary: transition, value: of }])
  return ApiParam({ name, schema, examples: Object.fromEntries(each) as Record<string, { value: string }> })
}
