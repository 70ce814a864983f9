import { describe, expect, it } from '@jest/globals'
import { readEdgeConfig } from './edge-config.js'

describe('readEdgeConfig', () => {
  it('has a default for everything, and takes what is set', () => {
    expect(readEdgeConfig({ ROVIEC_METRICS_TOKEN: '' })).toEqual({
      readyMaxLagSeconds: 60,
      maxCommands: 1_000,
      stopWithinSeconds: 15,
      metricsToken: null,
      trustedProxies: [],
    })
    expect(
      readEdgeConfig({ ROVIEC_MAX_COMMANDS: '5', ROVIEC_METRICS_TOKEN: 'a-token-of-length' }),
    ).toMatchObject({ maxCommands: 5, metricsToken: 'a-token-of-length' })
    expect(readEdgeConfig({ ROVIEC_TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16,2001:db8::/32' })).toMatchObject({
      trustedProxies: ['10.0.0.5', '10.1.0.0/16', '2001:db8::/32'],
    })
  })

  it.each([
    ['ROVIEC_READY_MAX_LAG_SECONDS', '0'],
    ['ROVIEC_MAX_COMMANDS', 'many'],
    ['ROVIEC_STOP_WITHIN_SECONDS', '1.5'],
    ['ROVIEC_METRICS_TOKEN', 'short-secret'],
    ['ROVIEC_METRICS_TOKEN', 'mật khẩu đủ dài để dùng'],
    ['ROVIEC_TRUSTED_PROXIES', 'balancer'],
    ['ROVIEC_TRUSTED_PROXIES', '10.0.0.5,10.0.0.0/33'],
    ['ROVIEC_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['ROVIEC_TRUSTED_PROXIES', '10.0.0.0/255.0.0.0'],
  ])('names the variable that is wrong and not its value: %s=%s', (variable, value) => {
    const read = () => readEdgeConfig({ [variable]: value })
    expect(read).toThrow(expect.objectContaining({ code: 'config-invalid', details: { variable } }))
    expect(read).not.toThrow(value)
  })
})
