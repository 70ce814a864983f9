/** The import rules of the architecture: a violation fails `npm run check`. */
const contexts = ['identity', 'registry', 'tasks', 'dossiers']
const tests = '(\\.test|\\.test-support|\\.fixture|\\.contract)\\.ts$|/contract/|^test/'

/** A library's door: its index.ts, or that of a sub-entry named in package.json's imports. */
const doors =
  '^libs/[^/]+/src/(index|workflow/index|nest/index|references/index|writing/index|record/index)\\.ts$'

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'What needs each other in a circle is one thing: join it, or turn one arrow round.',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'The kernel imports nothing of ours.',
      severity: 'error',
      from: { path: '^libs/kernel/src', pathNot: tests },
      to: { path: '^(libs/(?!kernel)|apps)' },
    },
    {
      name: 'calendar-is-pure',
      comment: 'Domains count days with the calendar: what records it in the log has a door of its own.',
      severity: 'error',
      from: { path: '^libs/calendar/src/(?!record/)', pathNot: tests },
      to: { path: '^(apps/|libs/(?!kernel|calendar)|libs/calendar/src/record)' },
    },
    {
      name: 'accountability-is-pure',
      comment: 'Rules and duties know no record of theirs, and none of the contexts that owe.',
      severity: 'error',
      from: { path: '^libs/accountability/src/', pathNot: tests },
      to: { path: `^(apps/|libs/(${contexts.join('|')})/)` },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Rules know the kernel, the calendar, deadlines, documents and the workflow table; nothing that does I/O.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain', pathNot: tests },
      to: {
        path: '^(libs|apps)/',
        pathNot: [
          '^libs/(kernel|calendar|deadlines|accountability)/src/index\\.ts$',
          '^libs/documents/src/references/index\\.ts$',
          '^libs/engine/src/workflow/index\\.ts$',
          '^libs/$1/',
        ],
      },
    },
    {
      name: 'domain-reads-no-machine',
      comment: 'No clock, file, network or environment below a domain.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nest-at-the-edge',
      comment: '@nestjs/* only in apps and engine/nest: a library works without the framework.',
      severity: 'error',
      from: { pathNot: '^(apps|libs/engine/src/nest)/|^test/' },
      to: { path: 'node_modules/@nestjs' },
    },
    {
      name: 'drivers-where-they-belong',
      comment: 'pg only where tables are spoken to; everyone else takes a Database.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: `^libs/(database|event-store/src/postgres|testing)/|\\.sql\\.ts$|${tests}`,
      },
      to: { path: 'node_modules/pg/' },
    },
    ...contexts.map((context) => ({
      name: `${context}-meets-others-through-events`,
      comment:
        'A context never imports another: a screen that needs two has a view of its own that listens to both.',
      severity: 'error',
      from: { path: `^libs/${context}/src`, pathNot: tests },
      to: { path: `^libs/(${contexts.filter((other) => other !== context).join('|')})/` },
    })),
    {
      name: 'engine-knows-no-province',
      comment: 'Engine and event store are usable alone.',
      severity: 'error',
      from: { path: '^libs/(engine|event-store|database)/src', pathNot: tests },
      to: { path: '^libs/(?!engine|event-store|database|kernel)' },
    },
    {
      name: 'through-the-door',
      comment: "Another library is entered by its index.ts, declared in package.json's imports.",
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/' },
      to: { path: '^libs/', pathNot: [doors, '^libs/$1/'] },
    },
    {
      name: 'libraries-below-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'Production code imports no test, fixture or test support.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: `^libs/testing/|${tests}` },
      to: { path: `${tests}|^libs/testing/` },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['roviec-source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
}
