import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { movedFrom, movedMetadata } from './moved-metadata.js'

const recordedAt = new Date('2025-03-14T09:08:07.006Z')

describe('metadata that goes with an event to another log', () => {
  it('is read by the tools of that log as JSON, with the original time as a member', () => {
    expect(JSON.parse(movedMetadata('{"commandId":"c-1"}', recordedAt))).toEqual({
      $recordedAt: '2025-03-14T09:08:07.006Z',
      commandId: 'c-1',
    })
    expect(JSON.parse(movedMetadata('[1]', recordedAt))).toMatchObject({ $metadata: [1] })
  })

  it.each(['{}', '{ }', '{ "a" : 1 }', 'null', '""', '[]', '7', '{"$metadata":1}', '{ "$metadata":{}}', ''])(
    'comes back byte for byte, with the time: %s',
    (text) => {
      expect(movedFrom(movedMetadata(text, recordedAt))).toEqual({ metadataText: text, recordedAt })
    },
  )

  it('comes back for any JSON and any time', () => {
    const times = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2999-12-31') })
    fc.assert(
      fc.property(fc.json(), times, (text, time) => {
        expect(movedFrom(movedMetadata(text, time))).toEqual({ metadataText: text, recordedAt: time })
      }),
    )
  })

  it('of an event that was never moved stays what it is', () => {
    fc.assert(fc.property(fc.json(), (text) => expect(movedFrom(text)).toBeNull()))
  })
})
