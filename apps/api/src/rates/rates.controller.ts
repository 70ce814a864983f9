import { Controller, Get, Inject, Query, Req, Res, StreamableFile } from '@nestjs/common'
import { ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  compareRates,
  findRateItems,
  findRates,
  reportFormats,
  writeRates,
  type Comparison,
  type RateItems,
  type Rates,
  type ReportFormat,
} from '#dossiers'
import { invalid } from '#kernel'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

const mediaTypes: Readonly<Record<ReportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

const formats = ['json', ...reportFormats] as const

@ApiTags('dossiers')
@Controller('dossiers/rates')
export class RatesController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

  @Get()
  @Asks(findRates)
  @ApiOperation({ summary: 'A rate by one of the official formulas; as XLSX or DOCX by format or Accept' })
  @ApiProduces('application/json', ...Object.values(mediaTypes))
  @ApiQuery({ name: 'format', required: false, enum: formats })
  @QueryRoute(findRates)
  async rates(
    @Query() { format, ...params }: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Rates | StreamableFile> {
    const wanted = formatOf(format, request)
    const rates = await this.asking.ask(findRates, params, request, reply)
    if (wanted === 'json') return rates
    const { formula, period, position } = rates
    const name = `ty-le-${formula.name}-${period.from}-${period.to}-${position}.${wanted}`
    return new StreamableFile(await writeRates(rates, wanted), {
      type: mediaTypes[wanted],
      disposition: `attachment; filename="${name}"`,
    })
  }

  @Get('items')
  @Asks(findRateItems)
  @ApiOperation({ summary: 'The dossiers behind a rate; all pages as of one position' })
  @QueryRoute(findRateItems)
  async items(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RateItems> {
    const page = await this.asking.ask(findRateItems, params, request, reply)
    link(reply, '/api/v1/dossiers/rates/items', params, page.next)
    return page
  }

  @Get('compare')
  @Asks(compareRates)
  @ApiOperation({ summary: 'Two formulas side by side: what they take differently, and why' })
  @QueryRoute(compareRates)
  async compare(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comparison> {
    const page = await this.asking.ask(compareRates, params, request, reply)
    link(reply, '/api/v1/dossiers/rates/compare', params, page.next)
    return page
  }
}

/** What the address says, else what the client accepts, else JSON. */
function formatOf(format: string | undefined, request: FastifyRequest): (typeof formats)[number] {
  if (format === undefined) {
    const accepted = request.headers.accept ?? ''
    return reportFormats.find((one) => accepted.includes(mediaTypes[one])) ?? 'json'
  }
  const found = formats.find((one) => one === format)
  if (found !== undefined) return found
  throw invalid(
    'format-unknown',
    {
      vi: `Không có định dạng “${format}”. Chọn một trong: ${formats.join(', ')}.`,
      en: `There is no format ${format}. Choose one of: ${formats.join(', ')}.`,
    },
    { format },
  )
}

function link(reply: FastifyReply, path: string, params: Params, next: string | null): void {
  if (next === null) return
  const query = new URLSearchParams({ ...params, cursor: next })
  void reply.header('link', `<${path}?${query.toString()}>; rel="next"`)
}
