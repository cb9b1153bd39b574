// The walls of the house (docs/architecture.md). Each rule's comment is its reason and is shown when the rule is broken;
// test/imports proves that each of them still bites.
const tests = '([.]test|/test-[a-z]+)[.]tsx?$';
const built = '(src|dist)/';

/** Packages of this workspace but the given ones; they resolve to their folders. */
const oursExcept = (...allowed) => ({ path: '^(packages|apps|test)/', pathNot: allowed });

/** The rooms of the server, from the ground up. The files beside them put everything together. */
const FLOORS = [
  'net',
  'start',
  'secrets',
  'metrics',
  'tracing',
  'graphql',
  'db',
  'access',
  'live',
  'audit',
  'budgets',
  'shares',
  'connections',
  'mappings',
  'schedules',
  'jobs',
  'runs/engine-store',
  'runs/reading',
  'runs/stream',
  'runs/lifecycle',
  'plans',
  'runner',
  'reports',
  'webhooks',
  'processes',
  'server',
];

/** No room imports one above it, not even a type; tests and their helpers may. */
const importsGoDown = FLOORS.slice(0, -1).map((floor, index) => ({
  name: 'imports-go-down',
  comment:
    'Jobs that knew runs, or a database that knew reports, could not be understood alone: what lies below is read first.',
  severity: 'error',
  from: { path: `^apps/api/src/${floor}/`, pathNot: [tests, '[.-]testing[.]ts$'] },
  to: { path: `^apps/api/src/(${FLOORS.slice(index + 1).join('|')})/` },
}));

/** The rooms of the web app, from the ground up; `router.ts` and `main.tsx` put them together. */
const ADMIN_FLOORS = ['language', 'ui', 'graphql', 'domain', 'layout', 'routing', 'features'];

const adminImportsGoDown = ADMIN_FLOORS.slice(0, -1).map((floor, index) => ({
  name: 'admin-imports-go-down',
  comment:
    'What all pages show knows no page, and what a list looks like knows no API: each room is read without those above it.',
  severity: 'error',
  from: { path: `^apps/admin/src/${floor}/` },
  to: {
    path: `^apps/admin/src/(${ADMIN_FLOORS.slice(index + 1).join('|')})/`,
    // The frame of the routes loads the frame of the pages when one is shown.
    dependencyTypesNot: ['dynamic-import'],
  },
}));

export default {
  forbidden: [
    ...importsGoDown,
    ...adminImportsGoDown,
    {
      name: 'features-are-alone',
      comment: 'A page that needs another page cannot be changed alone: what two features share is in domain or ui.',
      severity: 'error',
      from: { path: '^apps/admin/src/features/([^/]+)/' },
      to: { path: '^apps/admin/src/features/', pathNot: '^apps/admin/src/features/$1/' },
    },
    {
      name: 'features-do-not-know-the-frame',
      comment: 'A page that knew what stands around it could not be shown elsewhere; what both show is in ui.',
      severity: 'error',
      from: { path: '^apps/admin/src/features/' },
      to: { path: '^apps/admin/src/(layout/|router[.]ts|main[.]tsx)' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file in two places: nobody can read or test either alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-nothing-of-ours',
      comment:
        'Core is what everything else agrees on; what it knew about a connector or the server, all would depend on.',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: oursExcept('^packages/core/'),
    },
    {
      name: 'core-is-pure',
      comment:
        'Clock, files and network come into core as arguments, so that every hour and every fault can be simulated.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: [tests, '^packages/core/src/testing/'] },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|events)$' },
    },
    {
      name: 'platform-is-the-bottom',
      comment: 'The contract is read by every connector author and must be readable alone.',
      severity: 'error',
      from: { path: '^packages/core/src/platform/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/core/src/platform/' },
    },
    {
      name: 'core-http-knows-no-engine',
      comment:
        'What HTTP connectors share must not know runs, plans or jobs, or connectors would depend on the engine.',
      severity: 'error',
      from: { path: '^packages/core/src/http/', pathNot: tests },
      to: { path: '^packages/core/src/', pathNot: '^packages/core/src/(http|platform)/' },
    },
    {
      name: 'deciding-is-pure',
      comment:
        'Comparing, naming, pairing, filtering, mapping, deciding, planning, counting, schedules and job rules wait for nothing; core/run is the only place that waits.',
      severity: 'error',
      from: {
        path: '^packages/core/src/(compare|naming|plan|pair|prove|decide|filter|job|mapping|scan|schedule)/',
        pathNot: tests,
      },
      to: { path: '^packages/core/src/(run|http|testing)/' },
    },
    {
      name: 'connectors-know-the-contract-only',
      comment:
        'A connector that knew jobs, stores or another connector could not be understood or replaced alone; filters are pure, and it asks them which folders it need not list.',
      severity: 'error',
      from: { path: '^packages/(fileshare|procore|objectstore)/src/', pathNot: tests },
      to: oursExcept(`^packages/core/${built}(platform|filter|http)/`, '^packages/$1/'),
    },
    {
      name: 'connector-tests-use-the-suite',
      comment:
        'Tests of a connector may add the contract suite and a sandbox to what it sees, but no engine and no server.',
      severity: 'error',
      from: { path: `^packages/(fileshare|procore|objectstore)/src/.*${tests}` },
      to: oursExcept(
        `^packages/core/${built}(platform|filter|http|testing)/`,
        '^packages/$1/',
        '^packages/procore-sandbox/',
      ),
    },
    {
      name: 'sandbox-imports-nothing-of-ours',
      comment: 'The sandbox is the other side of the wire; sharing code with us, it would share our mistakes.',
      severity: 'error',
      from: { path: '^packages/procore-sandbox/' },
      to: oursExcept('^packages/procore-sandbox/'),
    },
    {
      name: 'client-imports-nothing-of-ours',
      comment: 'The client is what integrators install: it knows the schema, and runs in browsers, where no server is.',
      severity: 'error',
      from: { path: '^packages/client/' },
      to: oursExcept('^packages/client/'),
    },
    {
      name: 'command-line-knows-only-the-client',
      comment: 'What the command line can do, any program can do through the client: it reaches nothing of the server.',
      severity: 'error',
      from: { path: '^packages/cli/' },
      to: oursExcept('^packages/(client|cli)/'),
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'Memory platforms and fake clocks in a running server would be a fault that nobody looks for.',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: [tests, '^packages/core/src/testing/', '[./-](testing|fixtures?)[./]'],
      },
      to: { path: `^packages/core/${built}testing/` },
    },
    {
      name: 'only-stores-touch-the-database',
      comment: 'One place per domain holds its SQL, so that a table can change without a search through the server.',
      severity: 'error',
      from: {
        path: '^apps/api/src/',
        pathNot: [
          tests,
          '[.-]testing[.]ts$',
          '[/.-]store[.]ts$',
          '/store-[a-z-]+[.]ts$',
          '^apps/api/src/db/',
          '^apps/api/src/(app|main)[.]ts$',
        ],
      },
      to: { path: '(^apps/api/src/db/schema|node_modules/(drizzle-orm|better-sqlite3|pg)/)' },
    },
    {
      name: 'resolvers-call-services',
      comment:
        'A resolver that reads a store is a service in the wrong file: its rules would not hold for other callers.',
      severity: 'error',
      from: { path: '^apps/api/src/.*resolvers?[.]ts$' },
      to: {
        path: ['[/.-]store[.]ts$', '/store-[a-z-]+[.]ts$', '^apps/api/src/db/'],
        pathNot: ['^apps/api/src/db/row-types[.]ts$', '^apps/api/src/db/tables/'],
      },
    },
    {
      name: 'admin-knows-only-the-schema',
      comment: 'The web app is the first integrator: what it needs and the schema lacks, every integrator lacks.',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: oursExcept('^apps/admin/', `^packages/client/(${built}graphql[.]|schema[.])`),
    },
    {
      name: 'tests-use-public-entries',
      comment: 'Tests of the whole system that reach inside a package would freeze its inside.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '^(packages|apps)/[^/]+/src/' },
    },
    {
      name: 'nothing-imports-the-system-tests',
      comment: 'What two packages share is a package, not a file of the tests.',
      severity: 'error',
      from: { path: '^(packages|apps)/' },
      to: { path: '^test/' },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that cannot be found here works on one machine only.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'A package that works because another one happened to install its dependency breaks when that one goes.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: [tests, '[.]config[.]ts$', '/testing[./]'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/migrations/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      mainFields: ['main'],
    },
  },
};
