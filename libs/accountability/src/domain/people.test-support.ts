import type { Actor } from '#engine/workflow'

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })

/** One of each role. */
export const people = {
  clerk: person('clerk'),
  officer: person('lead-officer'),
  head: person('head'),
  connector: person('connector'),
  system: person('system'),
  assigner: person('assigner'),
  homeAffairs: person('home-affairs'),
  inspectorate: person('inspectorate'),
  auditor: person('auditor'),
  operator: person('operator'),
}
