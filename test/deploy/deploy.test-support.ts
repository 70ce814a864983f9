import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments } from 'yaml'

/** A service of a compose file, as far as the tests look into it. */
export interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly user?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address?: string }>>
  readonly secrets?: readonly string[]
  readonly restart?: string
  readonly stop_grace_period?: string
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean; readonly ipam?: object } | null>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, unknown>>
}

export const readDeploy = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url)), 'utf8')

/** A compose file with its merges done and its variables filled in from the example beside it. */
export function composeOf(name: 'single' | 'cluster'): Compose {
  const variables = new Map(
    readDeploy(`compose/${name}/.env.example`)
      .split('\n')
      .flatMap((line) => [/^([A-Z_]+)=(.*)$/u.exec(line)])
      .flatMap((found) => (found ? [[found[1]!, found[2]!] as const] : [])),
  )
  const text = readDeploy(`compose/${name}/compose.yaml`).replaceAll(
    /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/gu,
    (_, variable: string, kind: string | undefined, otherwise: string) => {
      const value = variables.get(variable) ?? (kind === '-' ? otherwise : undefined)
      if (value === undefined) throw new Error(`${variable} is not in .env.example`)
      return value
    },
  )
  return parse(text, { merge: true }) as Compose
}

/** The instruction of that name that counts, which is the last, as the JSON it is written in. */
export function imageCommand(instruction: 'ENTRYPOINT' | 'CMD'): string[] {
  const lines = [
    ...readDeploy('images/Dockerfile').matchAll(new RegExp(`^${instruction} (\\[.*\\])$`, 'gmu')),
  ]
  return JSON.parse(lines.at(-1)![1]!) as string[]
}

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into manifests by path
  readonly spec?: any
}

export function manifests(more: readonly string[] = []): Manifest[] {
  const { resources } = parse(readDeploy('kubernetes/kustomization.yaml')) as { resources: string[] }
  return [...resources, ...more].flatMap((file) =>
    parseAllDocuments(readDeploy(`kubernetes/${file}`)).map((document) => document.toJS() as Manifest),
  )
}
