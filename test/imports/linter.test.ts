import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { PLATFORM_KINDS } from '@sluice/core/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

/** Runs the linter in a folder, with types; what it prints is JSON also where it finds something and exits with 1. */
function linted(folder: string): Promise<readonly Diagnostic[]> {
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', '.'];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
      if (!stdout.startsWith('{')) return fail(new Error(stdout + stderr, { cause: error }));
      done((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics);
    });
  });
}

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', types: [], noEmit: true },
  include: ['**/*.ts', '**/*.tsx'],
});

/** One kind after the other asked for in a feature. */
const asks = (kinds: readonly string[]) =>
  kinds.map((kind, at) => `export const is${at} = (each: { kind: string }) => each.kind === '${kind}';\n`).join('');
const DEFAULT_AND_TRANSACTION =
  'declare const db: { transaction(work: () => Promise<void>): void };\ndb.transaction(async () => {});\nexport default 1;\n';
const IMPURE =
  'Date.now();\nMath.random();\nvoid fetch("/");\nsetTimeout(() => {}, 1);\n(process as { exit(): void }).exit();\n';
const UNTYPED =
  'declare const given: any;\nexport const taken: string = given;\nexport const wait = async (): Promise<void> => {};\nwait();\n' +
  'export const each = [1].forEach(wait);\nexport const told = `${{}}`;\nexport const read = given.name;\n';

/** A function with so many lines of body, in three ways to write one. */
const declared = (name: string, lines: number) => `export function ${name}(): void {\n${'\n'.repeat(lines)}}\n`;
const inArrow = (name: string, lines: number) => `export const ${name} = (): void => {\n${'\n'.repeat(lines)}};\n`;
const inExpression = (name: string, lines: number) =>
  `export const ${name} = (): number[] => [\n${'\n'.repeat(lines - 2)}];\n`;

/** An element for each style; a linter that knows no React takes it for anything. */
const elements = (...styles: readonly string[]) =>
  styles.map((style, at) => `export const element${at}: unknown = <p style={${style}} />;\n`).join('');

const PLATFORM = 'house(only-connections-ask-the-platform)';
const EVERY_KIND = Array.from({ length: PLATFORM_KINDS.length }, () => PLATFORM);
const LONG = 'house(component-body)';
const HOUSE = ['house(no-waiting-transaction)', 'import(no-default-export)'];

/** A file of the project, what it would say, and what the linter answers. */
const SUBJECTS: readonly (readonly [file: string, text: string, complaints: readonly string[]])[] = [
  ['apps/api/src/jobs/job.service.ts', asks(PLATFORM_KINDS), EVERY_KIND],
  ['apps/api/src/runner/run-task.ts', asks(PLATFORM_KINDS), EVERY_KIND],
  ['apps/api/src/db/rows.ts', asks(PLATFORM_KINDS), EVERY_KIND],
  ['apps/api/src/app.ts', asks(PLATFORM_KINDS), EVERY_KIND],
  ['apps/admin/src/features/connections/connection-form.tsx', asks(PLATFORM_KINDS), EVERY_KIND],
  [
    'apps/admin/src/features/jobs/long.tsx',
    declared('Declared', 41) + inArrow('Arrow', 41) + inExpression('Expression', 41),
    [LONG, LONG, LONG],
  ],
  [
    'apps/admin/src/features/jobs/short.tsx',
    declared('Declared', 40) + inArrow('Arrow', 40) + inExpression('Expression', 40) + declared('useLong', 41),
    [],
  ],
  ['apps/admin/src/features/jobs/long.test.tsx', declared('Declared', 41), []],
  ['apps/admin/src/features/jobs/long.ts', declared('Declared', 41), []],
  [
    'apps/admin/src/features/jobs/styled.tsx',
    elements('{ margin: 0 }', '{ width: `${1 + 1}%` }', "{ margin: 0, rotate: Math.PI ? '1deg' : undefined }"),
    ['house(computed-style)'],
  ],
  ['apps/api/src/jobs/move.ts', asks(['MOVE_IN_PLACE']), []],
  ['apps/api/src/connections/platforms.ts', asks(PLATFORM_KINDS), []],
  ['apps/api/src/db/tables/connections.ts', asks(PLATFORM_KINDS), []],
  ['apps/api/src/jobs/job.service.test.ts', asks(PLATFORM_KINDS), []],
  ['apps/api/src/jobs/store.ts', DEFAULT_AND_TRANSACTION, HOUSE],
  ['packages/core/src/run/lists.ts', DEFAULT_AND_TRANSACTION, HOUSE],
  [
    'packages/core/src/run/list.ts',
    IMPURE,
    [
      ...Array<string>(3).fill('eslint(no-restricted-globals)'),
      ...Array<string>(2).fill('eslint(no-restricted-properties)'),
    ],
  ],
  ['packages/core/src/testing/fake-clock.ts', IMPURE, []],
  [
    'packages/procore/src/adapter.ts',
    UNTYPED,
    [
      'typescript(no-base-to-string)',
      'typescript(no-explicit-any)',
      'typescript(no-floating-promises)',
      'typescript(no-misused-promises)',
      'typescript(no-unsafe-assignment)',
      'typescript(no-unsafe-assignment)',
      'typescript(no-unsafe-member-access)',
      'typescript(restrict-template-expressions)',
    ],
  ],
];

describe('the linter, as the project sets it', () => {
  let folder: string;
  let found: readonly Diagnostic[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-linter-'));
    await Promise.all(
      ['.oxlintrc.json', 'scripts/house-rules.mjs'].map((file) => cp(join(root, file), join(folder, file))),
    );
    const files = [['tsconfig.json', TSCONFIG] as const, ...SUBJECTS.map(([file, text]) => [file, text] as const)];
    for (const [file, text] of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    found = await linted(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(SUBJECTS)('%s', (file, _text, complaints) => {
    const codes = found.filter(({ filename }) => filename === file).map(({ code }) => code);
    expect(codes.toSorted()).toEqual(complaints);
  });
});
