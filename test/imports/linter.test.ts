import { resolve } from 'node:path';
import { PLATFORM_KINDS } from '@sluice/core/platform';
import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const project = new ESLint({ cwd: root });
const OWN_RULES = ['no-restricted-syntax', 'no-restricted-globals', 'no-restricted-properties'];

/**
 * What the project's own restrictions say about a text, as if it stood in that file. The file need not exist, because these
 * rules ask for no types.
 */
async function complaintsOf(file: string, text: string): Promise<string[]> {
  const config = (await project.calculateConfigForFile(resolve(root, file))) as Linter.Config & {
    languageOptions: { parser: Linter.Parser };
  };
  const rules = Object.entries(config.rules ?? {}).filter(([name]) => OWN_RULES.includes(name));
  const plain: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: config.languageOptions.parser },
    rules: Object.fromEntries(rules),
  };
  return new Linter().verify(text, [plain], 'subject.ts').map((message) => message.message);
}

const ASKS = (kind: string) => `export const isIt = (each: { kind: string }) => each.kind === '${kind}';\n`;
const ONLY_CONNECTIONS = expect.stringContaining('Only apps/api/src/connections asks which platform it is') as string;

describe('only connections ask which platform it is', () => {
  const elsewhere = [
    'apps/api/src/jobs/job.service.ts',
    'apps/api/src/runner/run-task.ts',
    'apps/api/src/db/rows.ts',
    'apps/api/src/app.ts',
    'apps/admin/src/connections/connection-form.tsx',
    'apps/admin/src/jobs/words.tsx',
  ];

  it.each(elsewhere)('%s may not, by any kind', async (file) => {
    for (const kind of ['PROCORE', 'NETWORK_FILE_SHARE', 'OBJECT_STORAGE']) {
      expect(await complaintsOf(file, ASKS(kind))).toEqual([ONLY_CONNECTIONS]);
    }
  });

  it('knows every kind of platform that core knows', async () => {
    for (const kind of PLATFORM_KINDS) expect(await complaintsOf('apps/api/src/app.ts', ASKS(kind))).toHaveLength(1);
  });

  it('lets others ask for what is no kind of platform', async () => {
    expect(await complaintsOf('apps/api/src/jobs/job.service.ts', ASKS('MOVE_IN_PLACE'))).toEqual([]);
  });

  it.each([
    'apps/api/src/connections/platforms.ts',
    'apps/api/src/db/tables/connections.ts',
    'apps/api/src/jobs/job.service.test.ts',
  ])('%s may', async (file) => {
    expect(await complaintsOf(file, ASKS('PROCORE'))).toEqual([]);
  });
});

describe('restrictions that hold beside it', () => {
  it.each(['apps/api/src/jobs/job.service.ts', 'apps/api/src/connections/store.ts', 'packages/core/src/run/list.ts'])(
    '%s has no default export and no transaction that waits',
    async (file) => {
      const text = 'db.transaction(async () => {});\nexport default 1;\n';
      expect(await complaintsOf(file, text)).toHaveLength(2);
    },
  );

  it('core takes clock, chance, network and process as arguments', async () => {
    const text = 'Date.now();\nMath.random();\nfetch("/");\nsetTimeout(() => {}, 1);\nprocess.exit();\n';
    expect(await complaintsOf('packages/core/src/run/list.ts', text)).toHaveLength(5);
    expect(await complaintsOf('packages/core/src/testing/fake-clock.ts', text)).toEqual([]);
  });
});
