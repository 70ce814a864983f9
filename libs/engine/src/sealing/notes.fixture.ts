import { Type } from 'class-transformer'
import { IsOptional, IsString, ValidateNested } from 'class-validator'
import { newId, type JsonValue } from '#kernel'
import type { Command } from '#engine'
import { NoData, party, workflow, type Actor, type Personal } from '#engine/workflow'

class Person {
  @IsOptional() @IsString() name?: string
  @IsOptional() @IsString() office?: string
}

class Write {
  @IsString() text!: string
  @IsOptional() @ValidateNested() @Type(() => Person) by?: Person
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Person) signers?: Person[]
}

export interface Note {
  readonly status: 'empty' | 'written'
  readonly text: Personal | null
  readonly owner: string | null
}

interface Written {
  readonly text: Personal
  readonly by?: { readonly name?: Personal; readonly office?: string }
  readonly signers?: readonly { readonly name?: Personal; readonly office?: string }[]
}

const anyone = party<Note>('anyone', { vi: 'mọi người', en: 'anyone' }, () => true)
const owner = party<Note>('owner', { vi: 'người viết', en: 'the owner' }, (reader, state) =>
  [state.owner, 'chief'].includes(reader.id),
)

/** A note whose text and names are personal, and that only its writer may read. */
export const note = workflow<
  Note,
  { Write: Write; Move: NoData; Stray: NoData },
  { 'note.Written': Written; 'note.Moved': { readonly before: Personal | null }; 'note.Strayed': object }
>({
  name: 'note',
  initial: { status: 'empty', text: null, owner: null },
  statuses: { empty: { vi: 'trống', en: 'empty' }, written: { vi: 'đã viết', en: 'written' } },
  personal: {
    'note.Written': ['text', 'by.name', 'signers.name'],
    'note.Moved': ['before'],
  },
  personalReaders: [owner],
  transitions: {
    Write: {
      text: { vi: 'Viết', en: 'Write' },
      input: Write,
      from: ['empty', 'written'],
      by: [anyone],
      to: ['written'],
      decide: ({ command }) => [{ type: 'note.Written', data: command }],
    },
    Move: {
      text: { vi: 'Chuyển', en: 'Move' },
      input: NoData,
      from: ['empty', 'written'],
      by: [anyone],
      to: ['empty', 'written'],
      decide: ({ state }) => [{ type: 'note.Moved', data: { before: state.text } }],
    },
    Stray: {
      text: { vi: 'Sao nhầm', en: 'Copy where nothing personal is declared' },
      input: NoData,
      from: ['written'],
      by: [anyone],
      to: ['written'],
      decide: ({ state }) => [
        { type: 'note.Written', data: { text: 'x' } },
        { type: 'note.Strayed', data: { deep: [{ copy: state.text }] } },
      ],
    },
  },
  evolve: {
    'note.Written': (state, { text }, { actor }) => ({ ...state, status: 'written', text, owner: actor }),
    'note.Moved': (state) => state,
    'note.Strayed': (state) => state,
  },
})

export const person = (id: string): Actor => ({ id, agency: null, roles: [], scope: 'all' })

export function write(data: JsonValue, more: Partial<Command> = {}): Command {
  return {
    id: newId(),
    workflow: 'note',
    aggregate: 'one',
    transition: 'Write',
    data,
    actor: person('an'),
    ...more,
  }
}
