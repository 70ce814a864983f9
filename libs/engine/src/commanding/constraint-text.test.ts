import { describe, expect, it } from '@jest/globals'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsOptional,
  Length,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator'
import { InvalidInput, validateInput } from './validate-input.js'

class Everything {
  @IsOptional() @Min(1) @Max(500) limit?: number
  @IsOptional() @MinLength(3) @MaxLength(5) word?: string
  @IsOptional() @Length(2, 4) code?: string
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(2) list?: string[]
  @IsOptional() @IsIn(['open', 'late']) verdict?: string
}

describe('what a broken constraint says in Vietnamese', () => {
  it.each([
    [{ limit: 0 }, 'limit: không được nhỏ hơn 1'],
    [{ limit: 501 }, 'limit: không được lớn hơn 500'],
    [{ word: 'ab' }, 'word: cần ít nhất 3 ký tự'],
    [{ word: 'abcdef' }, 'word: không được quá 5 ký tự'],
    [{ code: 'a' }, 'code: cần ít nhất 2 ký tự'],
    [{ code: 'abcde' }, 'code: không được quá 4 ký tự'],
    [{ list: [] }, 'list: cần ít nhất 1 phần tử'],
    [{ list: ['a', 'b', 'c'] }, 'list: không được quá 2 phần tử'],
    [{ verdict: 'x' }, 'verdict: phải là một trong các giá trị: open, late'],
  ])('%j: %s', (data, text) => {
    expect(refusal(data)).toBe(`Dữ liệu chưa đúng: ${text}.`)
  })
})

function refusal(data: object): string {
  try {
    validateInput(Everything, data)
    return 'taken'
  } catch (error) {
    return error instanceof InvalidInput ? error.text.vi : String(error)
  }
}
