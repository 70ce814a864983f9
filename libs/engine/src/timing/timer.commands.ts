import { Type } from 'class-transformer'
import {
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
import type { CatchUp, TimerData } from './timer.events.js'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

class Owner {
  @IsIn(['process', 'workflow']) kind!: 'process' | 'workflow'
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string
  @IsString() @IsNotEmpty() @MaxLength(120) id!: string
}

export class ScheduleTimer {
  @ValidateNested() @Type(() => Owner) owner!: Owner
  /** What the owner calls it. */
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string
  /** An instant with its zone; one in the past is late at once, and `catchUp` says what becomes of it. */
  @Matches(instant) at!: string
  /** Weeks, days of 24 hours, hours, minutes, seconds, such as `PT1H`. Default: once. */
  @IsOptional() @Matches(/^P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/) every?: string
  @IsIn(['once', 'each', 'skip']) catchUp!: CatchUp
  /** Comes back with the fire. Small; never personal data. */
  @IsOptional() @IsObject() data?: TimerData
}

/** Why: about the matter, never about a person. */
export class RescheduleTimer {
  @Matches(instant) at!: string
  @IsString() @Matches(/\S/) @MaxLength(500) reason!: string
}

export class CancelTimer {
  @IsString() @Matches(/\S/) @MaxLength(500) reason!: string
}

/** The system names which due time it means; an operator says why he does not wait. */
export class FireTimer {
  @IsOptional() @IsInt() @Min(1) schedule?: number
  @IsOptional() @IsInt() @Min(1) occurrence?: number
  @IsOptional() @IsString() @Matches(/\S/) @MaxLength(500) reason?: string
}

export class SkipTimer {
  @IsInt() @Min(1) schedule!: number
  @IsInt() @Min(1) occurrence!: number
}
