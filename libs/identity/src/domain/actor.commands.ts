import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator'
import { assignableRoles, type Role } from './roles.js'
import type { Scope } from './actor.events.js'

const agencyId = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u

export class RegisterActor {
  @IsString() @IsNotEmpty() @MaxLength(200) title!: string
  @IsOptional() @Matches(agencyId) agency!: string | null
  @IsIn(assignableRoles, { each: true }) @ArrayMinSize(1) @ArrayUnique() roles!: Role[]
  @ValidateIf((actor: RegisterActor) => actor.scope !== 'own' && actor.scope !== 'all')
  @Matches(agencyId, { each: true })
  @ArrayMaxSize(200)
  scope!: Scope
}

export class ChangeActor extends RegisterActor {
  @IsString() @IsNotEmpty() @MaxLength(500) reason!: string
}

export class GiveReason {
  @IsString() @IsNotEmpty() @MaxLength(500) reason!: string
}

export class IssueKey {
  @IsUUID() keyId!: string
}

export class RevokeKey extends GiveReason {
  @IsUUID() keyId!: string
}
