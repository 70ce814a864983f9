import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator'
import { Type } from 'class-transformer'
import type { ProcessCommand } from './process.js'
import type { CommandPlace, EventRef, ProcessInput } from './process.events.js'

class Ref implements EventRef {
  @IsString() @MaxLength(60) id!: string
  @IsString() @MaxLength(200) type!: string
  @IsString() @MaxLength(200) stream!: string
  @IsString() @MaxLength(30) revision!: string
  @IsString() @MaxLength(30) position!: string
  @IsString() @MaxLength(200) correlationId!: string
}

class Place implements CommandPlace {
  @IsString() @MaxLength(60) event!: string
  @IsInt() @Min(0) index!: number
}

export class React {
  @IsInt() @Min(1) version!: number
  @ValidateNested() @Type(() => Ref) event!: Ref
  @IsObject() input!: ProcessInput
  @IsArray() @IsObject({ each: true }) commands!: ProcessCommand[]
  @IsBoolean() ended!: boolean
}

class Result extends Place {
  @IsString() @MaxLength(60) commandId!: string
  @IsIn(['accepted', 'tolerated', 'refused']) outcome!: 'accepted' | 'tolerated' | 'refused'
  /** Of the refusal. */
  @IsOptional() @IsString() @MaxLength(200) code?: string
}

export class Settle {
  @IsArray() @ValidateNested({ each: true }) @Type(() => Result) results!: Result[]
}

export class Hold {
  @IsOptional() @ValidateNested() @Type(() => Ref) event?: Ref
  @IsOptional() @ValidateNested() @Type(() => Place) command?: Place
  @IsString() @IsNotEmpty() @MaxLength(200) code!: string
  @IsString() @MaxLength(1_000) message!: string
}

export class Queue {
  @ValidateNested() @Type(() => Ref) event!: Ref
}

export class Forward extends Queue {
  /** Absent: nobody's. */
  @IsOptional() @IsString() @MaxLength(120) instance?: string
}

/** Why: about the matter, never about a person. */
export class ResolveIncidents {
  @IsString() @Matches(/\S/) @MaxLength(500) reason!: string
}
