import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const NOT_OURS = /^(node_modules|dist|data|\.git|\.turbo|\.cache)$/;
/** Files that a command makes, so that a fresh clone has none. */
const MADE_BY_COMMANDS = ['.sluice.json', 'CHANGELOG.md'];
const FILE_NAME = /\.(ts|tsx|mjs|cjs|json|graphql|txt|md|sh|py|sql|css)$/;

const places = [...placesBelow('')];
const files = new Set(places);
const topFolders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);
const pages = places.filter((path) => /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$|^[^.].*\/README\.md$/.test(path));

/** Files, and folders with a slash at their end, relative to the project. */
function* placesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (NOT_OURS.test(entry.name)) continue;
    const path = folder + entry.name;
    if (!entry.isDirectory()) yield path;
    else yield* [`${path}/`, ...placesBelow(`${path}/`)];
  }
}

/** Whether a span of code looks like a file or folder of the project: `types.ts`, `live/live.ts`, `test/e2e`, `shares/`. */
function isPath(span: string): boolean {
  if (!/^[\w<>*.-][\w<>*./-]*$/.test(span)) return false;
  return FILE_NAME.test(span) || /^[\w-]+\/$/.test(span) || topFolders.some((folder) => span.startsWith(`${folder}/`));
}

/** Whether a path exists in the project or as the end of one; `*` and `<name>` stand for any name. */
function exists(path: string): boolean {
  const pattern = path
    .replace(/\/$/, '')
    .split(/\*\*|\*|<[a-z]+>/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  const isWhole = topFolders.some((folder) => path.startsWith(`${folder}/`));
  const matcher = new RegExp(`${isWhole ? '^' : '(^|/)'}${pattern}/?$`);
  return places.some((place) => matcher.test(place));
}

function missingSpans(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].flatMap((match) => match[1] ?? []);
  return spans.filter((span) => isPath(span) && !MADE_BY_COMMANDS.includes(span) && !exists(span));
}

/** Links to files that are not there, or to headings that their page does not have. */
function missingLinks(page: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => match[1] ?? []);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = '', heading] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, '');
    if (!files.has(file) && !files.has(`${file}/`)) return true;
    return heading !== undefined && !headingsOf(readFileSync(join(root, file), 'utf8')).includes(heading);
  });
}

function headingsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '');
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Names in trees of folders: blocks without a language, a name and its meaning per line, inner ones indented. */
function missingBranches(text: string): string[] {
  const blocks = [...text.matchAll(/^```\n([^]*?)^```/gm)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => {
    let outer = '';
    return block.split('\n').flatMap((line) => {
      const [, indent, name] = /^( {0,2})([\w./-]+) {2,}\S/.exec(line) ?? [];
      if (name === undefined) return [];
      if (indent === '') outer = name;
      const path = indent === '' ? name : `${outer.replace(/\/?$/, '/')}${name}`;
      return files.has(path) || files.has(`${path.replace(/\/$/, '')}/`) ? [] : [path];
    });
  });
}

it('finds the pages, and names a path, a link, a heading and a branch that does not exist', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/security.md']));
  expect(missingSpans('`docs/security.md`, `not-there.ts`, `test/gone` and `live/gone/`')).toEqual([
    'not-there.ts',
    'test/gone',
  ]);
  const links = '[a](security.md) [b](gone.md) [c](../README.md#settings) [d](../README.md#gone)';
  expect(missingLinks('docs/architecture.md', links)).toEqual(['gone.md', '../README.md#gone']);
  expect(missingBranches('```\napps/api/  the server\n  src/gone/   a room\n```\n')).toEqual(['apps/api/src/gone/']);
});

it.each(pages)('%s names only files, folders and headings that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  expect([...missingSpans(text), ...missingLinks(page, text), ...missingBranches(text)]).toEqual([]);
});
