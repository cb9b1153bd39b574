import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const WEB = fileURLToPath(new URL('../../apps/admin/dist/web/', import.meta.url));
const KB = 1_000;
const BEFORE_SIGN_IN = 200 * KB;
const WITH_A_PAGE = 250 * KB;

/** What Vite tells of a file of the build. */
interface Built {
  file: string;
  /** Keys of what is loaded before it. */
  imports?: string[];
  /** Keys of what it loads when it is needed. */
  dynamicImports?: string[];
  css?: string[];
}

const manifest = JSON.parse(readFileSync(`${WEB}.vite/manifest.json`, 'utf8')) as Record<string, Built>;
const builtOf = (key: string): Built => manifest[key] ?? { file: key };

/** These modules, and all that are loaded before them. */
function keysOf(keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys.filter((each) => !seen.has(each))) {
    seen.add(key);
    keysOf(builtOf(key).imports ?? [], seen);
  }
  return seen;
}

/** Files that a browser has to load for these modules. */
const filesOf = (keys: readonly string[]): Set<string> =>
  new Set([...keysOf(keys)].map(builtOf).flatMap(({ file, css = [] }) => [file, ...css]));

/** Bytes that go over the line: small files as they are, others as the build has compressed them. */
function weightOf(keys: readonly string[]): number {
  const sizeOf = (file: string) =>
    (statSync(`${WEB}${file}.br`, { throwIfNoEntry: false }) ?? statSync(`${WEB}${file}`)).size;
  return [...filesOf(keys), 'index.html', 'color-scheme.mjs'].reduce((sum, file) => sum + sizeOf(file), 0);
}

const textOf = (files: readonly string[], end: string) =>
  files
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(`${WEB}${name}`, 'utf8'))
    .join('');

/** Names of the classes by which Mantine's components are styled. */
const mantineClasses = (text: string) => new Set(text.match(/\bm_[0-9a-f]+\b/g));

const ENTRY = 'index.html';
const SHELL = 'src/layout/shell.tsx';
const SIGN_IN = 'src/features/sign-in/sign-in-page.tsx';
const loadedLater = [...keysOf([ENTRY])].flatMap((key) => builtOf(key).dynamicImports ?? []);
const pages = loadedLater.filter((key) => /^src\/features\/.*\.tsx$/.test(key) && key !== SIGN_IN);

const STEP = /^src\/features\/jobs\/wizard\/.*-step\.tsx$/;

/** Pages with each of their steps that are loaded one by one. */
const steps = pages.flatMap((page) =>
  [...keysOf([page])].flatMap((key) =>
    (builtOf(key).dynamicImports ?? []).filter((step) => STEP.test(step)).map((step) => [page, step] as const),
  ),
);

/** Rooms whose words the steps are shown with, beside those of their page. */
const STEP_ROOMS = ['src/features/jobs/wizard/'];
const WITH_POLICIES = /(policies|summary)-step/;

/** What looks for the server's words in each answer, and has those that nearly every page shows. */
const NAMES = 'src/graphql/sentences.ts';
/** What is loaded with the first sentence that the server says of such a thing, while the page is there already; plans and runs are one file. */
const LOTS = { platforms: 9 * KB, jobs: 8 * KB, plans: 12 * KB, runs: 12 * KB };
const TOLD = 'src/language/told/';
const LOT_FILES = Object.keys(LOTS).map((lot) => `${TOLD}${lot}.ts`);
/** All of these, and what is loaded with the first sentence that is not among them. */
const [EVERYDAY, ALL_SENTENCES] = [`${TOLD}everyday.ts`, `${TOLD}german.ts`];
const OF_RARE = 22 * KB;

/** Words that a page is shown with, in the language that takes more. */
const wordsFor = (page: string, rooms: readonly string[] = []) =>
  [
    ...['src/graphql/', 'src/ui/', page.replace(/[^/]+$/, ''), ...rooms],
    ...(page === SIGN_IN ? [] : ['src/domain/', 'src/layout/']),
  ]
    .map((room) => `${room}words.de.ts`)
    .filter((key) => manifest[key] !== undefined)
    .concat(NAMES);

const roomsOf = (step: string) => [...STEP_ROOMS, ...(WITH_POLICIES.test(step) ? ['src/features/jobs/policies/'] : [])];

/** What a page shows first although it is loaded by itself. */
const SHOWN_FIRST: Readonly<Record<string, string[]>> = {
  'src/features/jobs/job-page.tsx': ['src/features/jobs/tabs/overview-tab.tsx', 'src/features/jobs/tabs/words.de.ts'],
  'src/features/runs/run-page.tsx': [
    'src/features/runs/tabs/overview-tab.tsx',
    'src/features/runs/run-charts.tsx',
    'src/ui/time-chart.tsx',
    // What is told of flagged items, and of how the run goes.
    'src/language/told/plans.ts',
    'src/language/told/runs.ts',
  ],
};

describe('the web app as it is built', () => {
  it('is light before the sign-in', () => {
    expect(weightOf([ENTRY, SIGN_IN, ...wordsFor(SIGN_IN)])).toBeLessThanOrEqual(BEFORE_SIGN_IN);
  });

  it('has what the server says in files of their own, by what it tells of every day, and for the rest', () => {
    expect(builtOf(NAMES).dynamicImports).toEqual([...LOT_FILES, EVERYDAY, ALL_SENTENCES]);
    const more = (keys: readonly string[], than: readonly string[] = []) =>
      weightOf([ENTRY, ...than, ...keys]) - weightOf([ENTRY, ...than]);
    for (const [lot, atMost] of Object.entries(LOTS)) expect(more([`${TOLD}${lot}.ts`])).toBeLessThanOrEqual(atMost);
    expect(more([EVERYDAY], LOT_FILES)).toBeLessThanOrEqual(KB);
    expect(more([ALL_SENTENCES], [EVERYDAY])).toBeLessThanOrEqual(OF_RARE);
  });

  it('has pages that are loaded when they are needed', () => {
    expect(loadedLater).toContain(SHELL);
    expect(pages.length).toBeGreaterThan(10);
  });

  it('loads the styles of the components that a chunk uses with it', () => {
    const all = mantineClasses(readFileSync(fileURLToPath(import.meta.resolve('@mantine/core/styles.css')), 'utf8'));
    const [used, missing] = [new Set<string>(), new Set<string>()];
    for (const key of Object.keys(manifest).filter((each) => each.startsWith('src/'))) {
      const files = [...filesOf([ENTRY, ...(key === SIGN_IN ? [] : [SHELL]), key])];
      const styled = mantineClasses(textOf(files, '.css'));
      for (const name of mantineClasses(textOf(files, '.js'))) {
        used.add(name);
        if (all.has(name) && !styled.has(name)) missing.add(`${key}: ${name}`);
      }
    }
    expect(used.size).toBeGreaterThan(50);
    expect([...missing]).toEqual([]);
  });

  it('has the styles of Mantine below its own, whichever file comes first', () => {
    const css = textOf([...filesOf(Object.keys(manifest))], '.css');
    const outside = css.replaceAll(/@layer mantine\s*\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}/g, '');
    expect(outside.length).toBeLessThan(css.length / 2);
    expect(outside.match(/\.m_[0-9a-f]+/g) ?? []).toEqual([]);
  });

  it.each(pages)('is light with %s', (page) => {
    const first = SHOWN_FIRST[page] ?? [];
    expect(first.filter((key) => manifest[key] === undefined)).toEqual([]);
    expect(weightOf([ENTRY, SHELL, page, ...first, ...wordsFor(page)])).toBeLessThanOrEqual(WITH_A_PAGE);
  });

  it('is light with each step of a job', () => {
    const weights = steps.map(([page, step]) => weightOf([ENTRY, SHELL, page, step, ...wordsFor(page, roomsOf(step))]));
    expect(weights.length).toBeGreaterThanOrEqual(2 * 7);
    expect(Math.max(...weights)).toBeLessThanOrEqual(WITH_A_PAGE);
  });
});
