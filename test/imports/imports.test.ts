import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Imports that break a rule: from file, imported file or package, rule. */
const forbidden = [
  ['packages/core/src/run/a.ts', 'packages/fileshare/src/index.ts', 'core-imports-nothing-of-ours'],
  ['packages/core/src/run/b.ts', 'node:timers', 'core-is-pure'],
  ['packages/core/src/http/c.ts', 'node:fs/promises', 'core-is-pure'],
  ['packages/core/src/platform/d.ts', 'packages/core/src/http/index.ts', 'platform-is-the-bottom'],
  ['packages/core/src/http/e.ts', 'packages/core/src/run/index.ts', 'core-http-knows-no-engine'],
  ['packages/core/src/plan/f.ts', 'packages/core/src/run/index.ts', 'deciding-is-pure'],
  ['packages/core/src/pair/f.ts', 'packages/core/src/run/index.ts', 'deciding-is-pure'],
  ['packages/core/src/decide/f.ts', 'packages/core/src/run/index.ts', 'deciding-is-pure'],
  ['packages/fileshare/src/g.ts', 'packages/procore/src/index.ts', 'connectors-know-the-contract-only'],
  ['packages/procore/src/h.ts', 'packages/core/src/run/index.ts', 'connectors-know-the-contract-only'],
  ['packages/procore/src/h.test.ts', 'apps/api/src/app.ts', 'connector-tests-use-the-suite'],
  ['packages/procore-sandbox/src/i.ts', 'packages/core/src/platform/index.ts', 'sandbox-imports-nothing-of-ours'],
  ['packages/client/src/i.ts', 'packages/core/src/platform/index.ts', 'client-imports-nothing-of-ours'],
  ['packages/cli/src/i.ts', 'packages/core/src/platform/index.ts', 'command-line-knows-only-the-client'],
  ['apps/api/src/runs/j.ts', 'packages/core/src/testing/index.ts', 'testing-stays-in-tests'],
  ['apps/api/src/runs/service.ts', 'drizzle-orm', 'only-stores-touch-the-database'],
  ['apps/api/src/runs/resolver.ts', 'apps/api/src/runs/engine-store/store.ts', 'resolvers-call-services'],
  ['apps/api/src/jobs/j.ts', 'apps/api/src/runs/reading/run.types.ts', 'imports-go-down'],
  ['apps/api/src/runs/reading/r.ts', 'apps/api/src/runs/lifecycle/gate.ts', 'imports-go-down'],
  ['apps/admin/src/k.ts', 'apps/api/src/app.ts', 'admin-knows-only-the-schema'],
  ['apps/admin/src/features/runs/k.tsx', 'apps/admin/src/features/jobs/data.ts', 'features-are-alone'],
  ['apps/admin/src/features/runs/l.tsx', 'apps/admin/src/layout/shell.tsx', 'features-do-not-know-the-frame'],
  ['apps/admin/src/domain/m.tsx', 'apps/admin/src/features/jobs/data.ts', 'admin-imports-go-down'],
  ['apps/admin/src/ui/n.tsx', 'apps/admin/src/domain/session.ts', 'admin-imports-go-down'],
  ['test/e2e/l.ts', 'packages/core/src/run/index.ts', 'tests-use-public-entries'],
  ['packages/procore/src/m.ts', 'test/e2e/shared.ts', 'nothing-imports-the-system-tests'],
  ['packages/procore/src/n.ts', './nowhere.js', 'everything-resolves'],
] as const;

/** Two files that name each other's types. */
const circle = [
  ['packages/core/src/run/v.ts', 'w'],
  ['packages/core/src/run/w.ts', 'v'],
] as const;

const allowed = [
  ['packages/core/src/run/p.ts', 'node:crypto'],
  ['packages/core/src/run/q.ts', 'packages/core/src/plan/index.ts'],
  ['packages/procore/src/r.ts', 'packages/core/src/http/index.ts'],
  ['packages/procore/src/s.test.ts', 'packages/core/src/testing/index.ts'],
  ['packages/fileshare/src/t.ts', 'node:fs'],
  ['apps/api/src/runs/engine-store/store.ts', 'drizzle-orm'],
  ['apps/api/src/runs/lifecycle/l.ts', 'apps/api/src/jobs/job.store.ts'],
  ['apps/api/src/runs/reading/x.resolver.ts', 'apps/api/src/db/row-types.ts'],
  ['apps/api/src/runs/u.ts', 'packages/procore/src/index.ts'],
  ['apps/admin/src/features/runs/p.tsx', 'apps/admin/src/features/runs/data.ts'],
  ['apps/admin/src/features/jobs/p.tsx', 'apps/admin/src/domain/session.ts'],
] as const;

interface Violation {
  from: string;
  rule: { name: string };
}

/** Builds a house of one-line files in which each import stands, and asks the rules of this project about it. */
async function violationsOf(house: string): Promise<Violation[]> {
  const plain = [
    'packages/fileshare/src/index.ts',
    'packages/procore/src/index.ts',
    'apps/api/src/app.ts',
    'apps/api/src/db/row-types.ts',
    'apps/api/src/jobs/job.store.ts',
    'apps/api/src/runs/reading/run.types.ts',
    'apps/api/src/runs/lifecycle/gate.ts',
    'apps/admin/src/domain/session.ts',
    'apps/admin/src/features/jobs/data.ts',
    'apps/admin/src/features/runs/data.ts',
    'apps/admin/src/layout/shell.tsx',
    'test/e2e/shared.ts',
  ];
  const core = ['platform', 'http', 'plan', 'run', 'testing'].map((room) => `packages/core/src/${room}/index.ts`);
  for (const path of [...plain, ...core]) await put(house, path, 'export const here = 1;\n');
  for (const [from, to] of [...forbidden, ...allowed]) await put(house, from, `import '${specifier(from, to)}';\n`);
  for (const [from, to] of circle) await put(house, from, `import type { Other } from './${to}.js';\n`);
  await put(house, 'tsconfig.base.json', '{ "compilerOptions": { "module": "NodeNext" } }');
  await put(house, 'package.json', '{ "type": "module", "dependencies": { "drizzle-orm": "*" } }');
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--config', join(root, '.dependency-cruiser.mjs'), '-T', 'json', 'packages', 'apps', 'test'];
  const printed = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: house, maxBuffer: 1 << 26 }, (_error, stdout) => done(stdout));
  });
  return (JSON.parse(printed) as { summary: { violations: Violation[] } }).summary.violations;
}

async function put(house: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, path)), { recursive: true });
  await writeFile(join(house, path), text);
}

function specifier(from: string, to: string): string {
  if (!/^(packages|apps|test)\//.test(to)) return to;
  return relative(dirname(from), to)
    .replace(/^(?!\.)/, './')
    .replace(/ts$/, 'js');
}

describe('import rules', () => {
  let house: string;
  let violations: Violation[];

  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), 'sluice-imports-'));
    violations = await violationsOf(house);
  });
  afterAll(() => rm(house, { recursive: true, force: true }));

  it.each(forbidden)('%s may not import %s', (from, _to, rule) => {
    expect(violations.filter((each) => each.from === from).map((each) => each.rule.name)).toContain(rule);
  });

  it('files may not go round in a circle, not of types either', () => {
    const circles = violations.filter((each) => each.rule.name === 'no-cycles').map((each) => each.from);
    expect(circles).toEqual([circle[0][0]]);
  });

  it.each(allowed)('%s may import %s', (from) => {
    expect(violations.filter((each) => each.from === from)).toEqual([]);
  });
});
