import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig } from '#platform'
import { maxFileBytes } from '../../apps/api/src/create-api.js'
import { mostMessageBytes } from '../../apps/api/src/dossiers/message-body.js'
import {
  composeOf,
  imageCommand,
  manifests,
  readDeploy,
  type Manifest,
  type Service,
} from './deploy.test-support.js'

const exactVersion = /:\d+\.\d+(?:\.\d+)?(?:-[\w.-]+)?$/u
const applications = (services: Readonly<Record<string, Service>>) =>
  Object.entries(services).filter(([, { image }]) => image.startsWith('roviec:'))
const joined = ({ networks }: Service): readonly string[] =>
  networks instanceof Array ? networks : Object.keys(networks)
/** How long the application gives itself, before it ends by force. */
const stopWithinSeconds = ({ ROVIEC_STOP_WITHIN_SECONDS }: Readonly<Record<string, string | undefined>>) =>
  readConfig({ ROVIEC_STOP_WITHIN_SECONDS }).edge.stopWithinSeconds

describe('the image', () => {
  const dockerfile = readDeploy('images/Dockerfile')

  it('is built in stages from exact versions and runs as nobody in particular', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gmu)].map(([, base]) => base!)
    expect(bases).toHaveLength(2)
    for (const base of bases) expect(base).toMatch(exactVersion)
    const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
    expect(final).toMatch(/^USER 1000:1000$/mu)
    expect(final).not.toMatch(/^COPY \. /mu)
  })

  it('copies what is there', () => {
    for (const path of ['package.json', 'package-lock.json', '.npmrc', 'seeds'])
      expect(existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)))).toBe(true)
    expect(imageCommand('ENTRYPOINT')).toEqual([
      'node',
      '--max-semi-space-size=32',
      'dist/apps/cli/src/main.js',
    ])
  })
})

describe.each(['single', 'cluster'] as const)('the compose file of the %s', (name) => {
  const { services, networks, volumes, secrets } = composeOf(name)

  it('pins every image, starts again what ends, and examines each service', () => {
    for (const [service, { image, restart, healthcheck }] of Object.entries(services)) {
      expect([service, image]).toEqual([service, expect.stringMatching(exactVersion)])
      expect([service, restart]).toEqual([service, 'unless-stopped'])
      const test = healthcheck!.test
      for (const part of test) expect(typeof part).toBe('string')
      expect(['CMD', 'CMD-SHELL']).toContain(test[0])
    }
  })

  it('names networks, volumes, secrets and services that are there', () => {
    for (const one of Object.values(services)) {
      for (const network of joined(one)) expect(networks).toHaveProperty([network])
      for (const secret of one.secrets ?? []) expect(secrets).toHaveProperty([secret])
      const named = (one.volumes ?? []).filter((volume) => !/^[./]/u.test(volume))
      for (const volume of named) expect(volumes).toHaveProperty([volume.split(':')[0]!])
      for (const [on, { condition }] of Object.entries(one.depends_on ?? {})) {
        expect(services).toHaveProperty([on])
        expect(['service_healthy', 'service_started']).toContain(condition)
      }
    }
  })

  it('publishes one door, and stores are reached from inside alone', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports)
    expect(published.map(([service]) => service)).toEqual([name === 'single' ? 'api' : 'balancer'])
    expect(networks['inside']).toMatchObject({ internal: true })
    const stores = Object.values(services).filter(({ image }) => /^(?:eventstore|postgres)/u.test(image))
    expect(stores.length).toBeGreaterThan(1)
    for (const store of stores) expect(joined(store)).toEqual(['inside'])
  })

  it('gives the application time to stop before it is killed', () => {
    for (const [service, { stop_grace_period: grace, environment }] of applications(services)) {
      const [, seconds] = /^(\d+)s$/u.exec(grace ?? '') ?? []
      expect([service, Number(seconds) > stopWithinSeconds(environment!)]).toEqual([service, true])
    }
  })

  it('runs apis that leave the views to workers', () => {
    const commands = applications(services).map(([, { command, environment }]) => [
      command![0],
      environment!['ROVIEC_RUN_WORKER'] ?? 'true',
    ])
    const each = name === 'single' ? 1 : 2
    expect(commands).toEqual([
      ...Array.from({ length: each }, () => ['serve', 'false']),
      ...Array.from({ length: each }, () => ['worker', 'true']),
    ])
  })
})

describe('the cluster', () => {
  const { services } = composeOf('cluster')
  const nodes = Object.keys(services).filter((service) => service.startsWith('eventstore'))

  it('has three nodes that seek each other, with certificates that the script makes', () => {
    expect(nodes).toHaveLength(3)
    const script = readDeploy('compose/cluster/certificates.sh')
    expect(script).toContain(`for node in ${nodes.join(' ')}; do`)
    for (const node of nodes) {
      const { environment, volumes } = services[node]!
      const others = nodes.filter((other) => other !== node).map((other) => `${other}:2113`)
      expect(environment!['EVENTSTORE_GOSSIP_SEED']).toBe(others.join(','))
      expect(volumes).toContain(`./certificates/${node}:/certificates/${node}:ro`)
    }
  })

  const balancer = readDeploy('compose/cluster/balancer.conf')

  it('has a balancer that knows every api, and whom every api believes of its clients', () => {
    const configured = [...balancer.matchAll(/server (\w+):3000/gu)]
    const apis = Object.keys(services).filter((service) => service.startsWith('api'))
    expect(configured.map(([, api]) => api)).toEqual(apis)
    const { inside } = services['balancer']!.networks as Record<string, { readonly ipv4_address: string }>
    for (const api of apis)
      expect(services[api]!.environment!['ROVIEC_TRUSTED_PROXIES']).toBe(inside!.ipv4_address)
  })

  it('lets no answer take an api out, and no command be sent twice', () => {
    expect(balancer.match(/^ *proxy_next_upstream .*$/gmu)).toEqual(['  proxy_next_upstream error timeout;'])
  })

  it('has a balancer that tells every api the client, on every way', () => {
    // A place with a header of its own would inherit none.
    const server = balancer.slice(0, balancer.indexOf('location '))
    expect(server).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
    expect(balancer.slice(server.length)).not.toContain('proxy_set_header')
  })

  it('leaves it to the api to refuse what is too large', () => {
    const sizes = [...balancer.matchAll(/client_max_body_size (\d+)m;/gu)].map(([, size]) => Number(size))
    expect(sizes).toHaveLength(2)
    expect(sizes[0]! * 1024 ** 2).toBeGreaterThan(maxFileBytes)
    expect(sizes[1]! * 1024 ** 2).toBeGreaterThan(mostMessageBytes)
  })

  it('keeps what is secret out of every environment', () => {
    for (const [, { environment, secrets }] of applications(services)) {
      expect(environment!['ROVIEC_EVENTSTORE_URL']).not.toContain('@')
      expect(Object.keys(environment!)).not.toContain('ROVIEC_EVENTSTORE_PASSWORD')
      expect(Object.keys(environment!)).not.toContain('ROVIEC_MASTER_KEY')
      expect(secrets).toEqual(['eventstore-password', 'master-key'])
      const files = Object.values(environment!).filter((value) => value.startsWith('/run/secrets/'))
      expect(files.map((file) => file.slice('/run/secrets/'.length))).toEqual(secrets)
    }
  })
})

describe('the Kubernetes manifests', () => {
  const all = manifests()
  const pods = all.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
  const settings = parse(readDeploy('kubernetes/kustomization.yaml')) as {
    readonly configMapGenerator: readonly { readonly name: string; readonly literals: readonly string[] }[]
    readonly images: readonly { readonly name: string; readonly newTag: string }[]
  }

  it('select the pods they mean, and are examined', () => {
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(['eventstoredb', 'api', 'worker'])
    for (const { spec } of pods) {
      const { labels } = spec.template.metadata
      expect(spec.selector.matchLabels).toEqual(labels)
      const [container] = spec.template.spec.containers
      const ports = container.ports.map((port: { name: string }) => port.name)
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const { httpGet } = container[probe]
        expect(ports).toContain(httpGet.port)
        expect(httpGet.path).toMatch(/^\/health(?:\/live|\/ready)?$/u)
      }
    }
    const labels = pods.map(({ spec }) => spec.template.metadata.labels)
    const selected = all.flatMap(({ kind, spec }) => {
      if (kind === 'Service') return [spec.selector]
      return kind === 'PodDisruptionBudget' ? [spec.selector.matchLabels] : []
    })
    expect(selected).toHaveLength(4)
    for (const selector of selected) expect(labels).toContainEqual(selector)
  })

  it('run nothing as root and give no pod more than it needs', () => {
    for (const { spec } of pods) {
      const { securityContext, containers } = spec.template.spec
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
      for (const container of containers) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        })
        expect(container.resources.limits).toHaveProperty('memory')
      }
    }
  })

  it('give the application time to stop before it is killed', () => {
    for (const { spec } of pods.slice(1)) {
      const { terminationGracePeriodSeconds, containers } = spec.template.spec
      const own = (containers[0].env as { name: string; value?: string }[]).map(({ name, value }) => [
        name,
        value,
      ])
      const literals = settings.configMapGenerator[0]!.literals.map((one) => one.split(/=(.*)/su))
      const environment = Object.fromEntries([...literals, ...own]) as Record<string, string | undefined>
      expect(terminationGracePeriodSeconds).toBeGreaterThan(stopWithinSeconds(environment))
    }
  })

  it('make the account with the address and the account of the application, under the same restrictions', () => {
    const [job] = parseAllDocuments(readDeploy('kubernetes/account.yaml')).map(
      (one) => one.toJS() as Manifest,
    )
    const { containers, securityContext } = job!.spec.template.spec
    const env = containers[0].env as { readonly name: string; readonly value?: string }[]
    const named = env.flatMap(({ name, value }) => (value === undefined ? [] : [`${name}=${value}`]))
    expect(named).toHaveLength(4)
    for (const literal of named) expect(settings.configMapGenerator[0]!.literals).toContain(literal)
    const { containers: apis, securityContext: restricted } = pods[1]!.spec.template.spec
    expect(securityContext).toEqual(restricted)
    expect(containers[0].securityContext).toEqual(apis[0].securityContext)
    const tag = settings.images.find(({ name }) => name === 'roviec')!.newTag
    expect(containers[0].image).toBe(`roviec:${tag}`)
  })

  it('pin every image', () => {
    const tags = new Map(settings.images.map(({ name, newTag }) => [name, newTag]))
    for (const { spec } of pods)
      for (const { image } of spec.template.spec.containers)
        expect(tags.has(image) ? `${image}:${tags.get(image)}` : image).toMatch(exactVersion)
  })

  it('mount each volume they name, and take their settings from what is generated', () => {
    const [generated] = settings.configMapGenerator
    for (const { spec } of pods) {
      const { volumes, containers } = spec.template.spec
      const claimed = (spec.volumeClaimTemplates ?? []).map(
        ({ metadata }: { metadata: { name: string } }) => metadata.name,
      )
      const there = [...volumes.map(({ name }: { name: string }) => name), ...claimed]
      for (const { name } of containers[0].volumeMounts) expect(there).toContain(name)
      for (const { configMapRef } of containers[0].envFrom ?? [])
        expect(configMapRef.name).toBe(generated!.name)
    }
    const paths = generated!.literals
      .filter((literal) => /_FILE=/u.test(literal))
      .map((one) => one.split('=')[1]!)
    const mounts = pods[1]!.spec.template.spec.containers[0].volumeMounts as { mountPath: string }[]
    for (const path of paths)
      expect(mounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`))).toBe(true)
  })
})
