import { applyDecorators } from '@nestjs/common'
import { ApiBody, ApiHeader, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger'
import { schemaOf, type Query } from '#engine'
import type { Input, Workflow } from '#engine/workflow'
import { bodyExamples, parameterExamples } from './examples.js'
import { commandAnswerSchema, type AnswerSchema } from './answer-schemas.js'

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({ status, description, content: { 'application/problem+json': {} } })

/** The members of an input class as query parameters. */
export function ParametersOf(input: Input<unknown>): MethodDecorator {
  const { properties, required } = schemaOf(input)
  return applyDecorators(
    ...Object.entries(properties)
      .filter(([name]) => name !== 'id')
      .map(([name, schema]) =>
        ApiQuery({ name, required: required.includes(name), schema: { ...schema, ...exampleOf(name) } }),
      ),
  )
}

/** Within the schema: beside one it does not reach the document. */
function exampleOf(
  name: string,
  own: Readonly<Record<string, string>> = {},
): { readonly example?: string | number } {
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
  examples: Readonly<Record<string, string>> = {},
): MethodDecorator {
  const { properties, required } = schemaOf(query.input)
  const parameters = Object.entries(properties)
    .filter(([name]) => name !== 'code' && name !== 'id')
    .map(([name, schema]) =>
      ApiQuery({
        name,
        required: required.includes(name),
        schema: { ...schema, ...exampleOf(name, examples) },
      }),
    )
  return applyDecorators(
    ...parameters,
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
 * Documents a transition route: one body per row of the workflow's table. `isAlone`: there is one such thing, which the
 * path need not name.
 */
export function CommandRoute(
  workflow: Workflow,
  {
    isAlone = false,
    bodies = bodyExamples,
  }: { readonly isAlone?: boolean; readonly bodies?: Readonly<Record<string, object>> } = {},
): MethodDecorator {
  const names = [...workflow.transitions.keys()]
  const code = ApiParam({ name: 'code', schema: { type: 'string', example: parameterExamples['code'] } })
  return applyDecorators(
    ...(isAlone ? [] : [code]),
    ApiParam({ name: 'name', enum: names, example: Object.keys(bodies)[0]! }),
    ApiQuery({
      name: 'dryRun',
      required: false,
      schema: { type: 'boolean' },
      description: 'Show the events, append none',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'UUID of the command; repeat it to repeat safely',
    }),
    ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the revision you saw' }),
    ApiBody({
      schema: {
        oneOf: [...workflow.transitions].map(([name, { input, text }]) => ({
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
        Object.entries(bodies).map(([name, value]) => [name, { summary: name, value }]),
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
