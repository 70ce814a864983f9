import { Controller, Get } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import { roleNames } from '#identity'
import type { Actor } from '#engine/workflow'
import { ForRoles } from '../http/access.js'
import { SignedIn } from '../http/signed-in.decorator.js'

@ApiTags('me')
@Controller('me')
export class MeController {
  @Get()
  @ForRoles(...roleNames)
  @ApiOperation({ summary: 'Who you are to the system: office, agency, roles, scope' })
  me(@SignedIn() actor: Actor): Actor {
    return actor
  }
}
