import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, Matches, MaxLength, MinLength } from 'class-validator'
import {
  agencyKinds,
  confidences,
  successionKinds,
  type AgencyKind,
  type Confidence,
  type SuccessionKind,
} from './agency.js'

const longestName = 300
const longestSource = 1000
/** More than the communes of any province. */
const maxSuccessors = 300
const isoDate = /^\d{4}-\d{2}-\d{2}$/
const aLetter = /\p{L}/u
/** What a stream name and a URL path take. */
const agencyId = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u

/** Every entry of the registry says where it comes from. */
class Sourced {
  @MinLength(1)
  @MaxLength(longestSource)
  source!: string

  @IsIn(confidences)
  confidence!: Confidence
}

export class CreateAgency extends Sourced {
  /** Slug such as `son-la`; left out for bodies of the whole country. */
  @IsOptional()
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  province?: string

  @IsIn(agencyKinds)
  kind!: AgencyKind

  @Matches(aLetter)
  @MaxLength(longestName)
  name!: string

  @IsOptional()
  @Matches(agencyId)
  parent?: string

  @IsOptional()
  @Matches(isoDate)
  validFrom?: string
}

export class RenameAgency extends Sourced {
  @Matches(aLetter)
  @MaxLength(longestName)
  name!: string

  /** First day of the new name. */
  @Matches(isoDate)
  from!: string

  @IsOptional()
  @MaxLength(longestSource)
  decision?: string
}

export class AddAlias extends Sourced {
  @Matches(aLetter)
  @MaxLength(longestName)
  alias!: string

  /** Last day on which the spelling meant this agency; left out where nobody else can be meant. */
  @IsOptional()
  @Matches(isoDate)
  to?: string
}

export class AssignCode extends Sourced {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  scheme!: string

  @MinLength(1)
  @MaxLength(60)
  code!: string

  @IsOptional()
  @Matches(isoDate)
  from?: string

  @IsOptional()
  @Matches(isoDate)
  to?: string

  @IsOptional()
  @MaxLength(longestSource)
  decision?: string
}

export class RecordSuccession extends Sourced {
  @ArrayMinSize(1)
  @ArrayMaxSize(maxSuccessors)
  @Matches(agencyId, { each: true })
  successors!: string[]

  /** First day on which the successors are responsible. */
  @Matches(isoDate)
  date!: string

  @IsIn(successionKinds)
  kind!: SuccessionKind

  @IsOptional()
  @MaxLength(longestSource)
  decision?: string
}

/** An agency that ends with no successor of its own. */
export class EndAgency extends Sourced {
  /** Its last day. */
  @Matches(isoDate)
  validTo!: string

  @IsOptional()
  @MaxLength(longestSource)
  decision?: string
}

/** The transitions of the workflow `agency`. */
export interface AgencyCommands {
  CreateAgency: CreateAgency
  RenameAgency: RenameAgency
  AddAlias: AddAlias
  AssignCode: AssignCode
  RecordSuccession: RecordSuccession
  EndAgency: EndAgency
}
