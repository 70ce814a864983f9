import type { ApiResponseSchemaHost } from '@nestjs/swagger'

export type AnswerSchema = ApiResponseSchemaHost['schema']

const marker = (name: string, description: string): object => ({
  type: 'object',
  description,
  properties: { [name]: { type: 'boolean', enum: [true] } },
  required: [name],
  additionalProperties: false,
})

/** A text that is sealed in the record: plain for those who may read it. */
const personal = {
  oneOf: [
    { type: 'string' },
    marker('sealed', 'You have no right to read it'),
    marker('erased', 'Its key was destroyed: nobody can read it any more'),
    marker('unreadable', 'Its key is missing, or what is stored is not what was sealed here'),
  ],
}

const orNull = ({ oneOf }: typeof personal): object => ({ oneOf: [...oneOf, { type: 'null' }] })

/** Of a task's events. */
export const historySchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid' },
      position: { type: 'string' },
      revision: { type: 'string' },
      type: { type: 'string' },
      actor: { type: 'string' },
      agency: { type: 'string', nullable: true },
      occurredAt: { type: 'string', format: 'date-time' },
      recordedAt: { type: 'string', format: 'date-time' },
      backdatedDays: { type: 'integer' },
      reason: orNull(personal),
      text: orNull(personal),
      changes: { type: 'array', items: { type: 'object' } },
    },
  },
} as AnswerSchema

/** Personal fields within `data` are told as in the history: text, or why it is withheld. */
export const commandAnswerSchema = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['accepted', 'repeated', 'planned'] },
    revision: { type: 'string', nullable: true },
    position: { type: 'string', nullable: true },
    events: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          data: {
            type: 'object',
            description:
              'Personal fields are plain for those who may read them, else {"sealed": true}; {"erased": true} once their key is destroyed.',
          },
        },
      },
    },
    state: { type: 'object' },
  },
} as AnswerSchema
