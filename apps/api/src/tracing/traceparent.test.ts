import { describe, expect, it } from '@jest/globals'
import { isUuid } from '#kernel'
import { correlationOf, parseTraceparent } from './traceparent.js'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'

describe('parseTraceparent', () => {
  it('knows the caller, and its trace id as a UUID', () => {
    const parent = parseTraceparent(`00-${traceId}-${spanId}-01`)!
    expect(parent).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true })
    expect(correlationOf(parent)).toBe('0af76519-16cd-43dd-8448-eb211c80319c')
    expect(isUuid(correlationOf(parent))).toBe(true)
  })

  it.each([
    ['a later version with more behind it', `cc-${traceId}-${spanId}-00-what-comes`, 0],
    ['flags that are not known yet', `00-${traceId}-${spanId}-ff`, 1],
  ])('reads %s', (_what, header, traceFlags) => {
    expect(parseTraceparent(header)).toMatchObject({ traceId, traceFlags })
  })

  it.each([
    undefined,
    ['two', 'headers'],
    '',
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `cc-${traceId}-${spanId}-01more`,
    `00-${traceId}-${spanId}`,
    ` 00-${traceId}-${spanId}-01`,
  ])('takes %j as if nothing had been sent', (header) => {
    expect(parseTraceparent(header)).toBeNull()
  })
})
