import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Packages whose sentences reach people through the API, each with its file of German sentences. */
export const ROOMS = {
  core: 'packages/core/src/',
  fileshare: 'packages/fileshare/src/',
  procore: 'packages/procore/src/',
  api: 'apps/api/src/',
} as const;
export type Room = keyof typeof ROOMS;

/** What pages tell in usual work: of platforms and connections, of jobs, scans and what two platforms can hold, of plans, of runs. */
export const EVERYDAY_LOTS = ['platforms', 'jobs', 'plans', 'runs'] as const;
export type EverydayLot = (typeof EVERYDAY_LOTS)[number];

/**
 * Files whose sentences pages tell in usual work, by the lot in which they are loaded: forms and what platforms hold; findings;
 * what a plan says of items that stay or come; what becomes of others, and how a run goes. Everything else is told seldom:
 * refusals of requests, failures of platforms, undoing.
 */
const EVERYDAY_FILES: Record<EverydayLot, Partial<Record<Room, RegExp>>> = {
  platforms: {
    fileshare: /^(directory|disk\/share-root|facts|form)\.ts$/,
    procore: /^(details\/directory|facts|form)\.ts$/,
    api: /^connections\/(platform-view|status)|^shares|^webhooks\/attempt/,
  },
  jobs: {
    core: /^(compare|scan)\/|^mapping\/(convert|mapping|metadata-)|^filter\/ready-made|^job\/stop-policy/,
    api: /^jobs\/(issues|job-reader)/,
  },
  plans: {
    core: new RegExp(
      '^(naming|plan)/|^run/(content-decisions|item-(planner|steps)|left-out-steps|losses|placed|placing|plan-extras|' +
        'planned-moves|planner|problem-step|sifter|step-maker|targets|twins)\\.ts$',
    ),
    api: /^plans\/summary/,
  },
  runs: { core: /^(prove|run(?!\/(make-)?undo))\//, api: /^runner\/(?!crashes)/ },
};

/** Files whose words reach no caller of the API. */
const UNTOLD_FILES: Record<Room, RegExp> = {
  // The printed tables of decisions.
  core: /^decide\/verdicts\.ts$/,
  // Declarations for the system's library.
  fileshare: /^disk\/c-library\.ts$/,
  procore: /^$/,
  // What an operator is told at the start and by metrics and traces, statements for the databases, pages that are no part of the
  // web app, and faults of requests that it never sends.
  api: new RegExp(
    [
      '^(db|demo|metrics|secrets|start|tracing)/',
      '^(config|html-page|limits|log-values|main)\\.ts$',
      '^audit/verify',
      '^connections/callback',
      '^feeds/receiver',
      '^graphql/(declarations|documents|enums|errors|execution/.*|print|schema|static-limits)\\.ts$',
      '^processes/(?!supervisor)',
      '^reads/fill-',
      '^reports/(downloads|signing)\\.ts$',
      '^server/(?!http\\.|operation-context|operations|subscriptions)',
    ].join('|'),
  ),
};

/** Texts that look like words and are names of types, of files, of things at a platform, or defects that reach no caller. */
const UNTOLD: Record<Room, readonly string[]> = {
  core: [
    'A {1} cannot move from {2} to {3}.',
    'From "/{1}"{2}',
    'Path',
    'Question',
    'Segment',
    'System Volume Information',
    'The run ends.',
    'The run is stopping.',
    ' (conflict {1})',
    ', last changed {1}',
    'plan’s approval',
    'version {1}',
  ],
  fileshare: ['Recovered by Sluice', ' (changed meanwhile{1})', '{ "sluice": {1}, "items": {\n{2}\n} }\n'],
  procore: [
    'All',
    'Authorization',
    'Bearer {1}',
    'Emailed Documents',
    'File Versions',
    'Procore',
    'Project File Versions',
    'Project Files',
    'Project Folders',
    'Schedules',
    'emailed documents',
    'has already been taken',
    '{1}, tags {2}',
    'multipart/form-data; boundary={1}',
    '--{1}\r\nContent-Disposition: form-data; name="{2}"\r\n\r\n{3}\r\n',
    '--{1}\r\nContent-Disposition: form-data; name="file"; filename="{2}"\r\nContent-Type: {3}\r\n\r\n',
  ],
  api: [
    'Connection',
    'Duration',
    'Job',
    'Mapping',
    'Node',
    'Plan',
    'Refusal',
    'Report',
    'Run',
    'User',
    'Webhook',
    'code {1}',
    'changes are not told by the platform',
    'job items',
    'not ready',
    'signal {1}',
    'word of changes could not be stopped',
    '{1}={2}; Path={3}; Max-Age={4}; HttpOnly; SameSite=Lax{5}',
  ],
};

/** Calls whose texts are for machines, or for the log of the server. */
const UNTOLD_CALLS =
  /(^|\.)(log\.(debug|info|warn|error|fatal)|tell|tellDefect|close|pragma|prepare|query|header|headers|type|keyFor|hkdfSync|hashPassword|markOf|encode|seal|startsWith|endsWith|includes|enumType|pageType)$/;

/** Defects of ours, which end as one sentence for all of them. */
const DEFECTS = /^(Error|TypeError|RangeError)$/;
/** Where errors are refusals of what was given. */
const REFUSALS = /^graphql\/scalars\.ts$/;

const isTest = (name: string) => /\.test\.|testing|(^|\/)(test|print)[-.]/.test(name);

const sourcesOf = (room: Room): [name: string, code: string][] => {
  const folder = fileURLToPath(new URL(`../../${ROOMS[room]}`, import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !isTest(name))
    .map((name) => [name, readFileSync(folder + name, 'utf8')]);
};

/** All texts of a room that people are told, as keys of its German sentences; `within` narrows its files. */
export const sentencesOf = (room: Room, within = /^/): Set<string> =>
  new Set(
    sourcesOf(room)
      .filter(([name]) => within.test(name) && !UNTOLD_FILES[room].test(name))
      .flatMap(([name, code]) => sentencesIn(name, code))
      .filter((text) => !UNTOLD[room].includes(text)),
  );

/** Texts that pages tell in usual work, each with the first lot that has it, whichever room tells it else. */
export function everydaySentences(): Map<string, EverydayLot> {
  const lotOf = new Map<string, EverydayLot>();
  for (const lot of EVERYDAY_LOTS.toReversed())
    for (const [room, within] of Object.entries(EVERYDAY_FILES[lot]))
      for (const text of sentencesOf(room as Room, within)) lotOf.set(text, lot);
  return lotOf;
}

/** Every word in the sources of a room, small. */
export const wordsOf = (room: Room): Set<string> =>
  new Set(sourcesOf(room).flatMap(([, code]) => code.toLowerCase().match(/[\p{L}_]+/gu) ?? []));

/** Texts of one source that people are told: the n-th value of a text is `{n}`, and texts that are added up are one. */
export function sentencesIn(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isUntold(node) || (isDefect(node) && !REFUSALS.test(name))) return;
    const parts = partsOf(node);
    if (parts === null) return void ts.forEachChild(node, visit);
    const text = templateOf(parts);
    if (isSentence(text)) found.push(text);
    for (const part of parts) if (typeof part !== 'string') visit(part);
  };
  visit(file);
  return found;
}

const isUntold = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeNode(node) ||
  ts.isDecorator(node) ||
  ts.isTaggedTemplateExpression(node) ||
  (ts.isCallExpression(node) && UNTOLD_CALLS.test(node.expression.getText()));

const isDefect = (node: ts.Node) => ts.isNewExpression(node) && DEFECTS.test(node.expression.getText());

/** The words and values of a text or of texts that are added up; null for what is none. */
function partsOf(node: ts.Node): (string | ts.Expression)[] | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text])];
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const sides = [node.left, node.right].map((side) => [side, partsOf(side)] as const);
  return sides.some(([, parts]) => parts !== null) ? sides.flatMap(([side, parts]) => parts ?? [side]) : null;
}

function templateOf(parts: readonly (string | ts.Expression)[]): string {
  let count = 0;
  return parts.map((part) => (typeof part === 'string' ? part : `{${++count}}`)).join('');
}

/** Several words, or one that begins a label. */
const isSentence = (text: string): boolean =>
  (/[\p{L}\d}”")].* .*[\p{L}{“"(]/su.test(text) && /\p{Ll}{2}/u.test(text)) || /^\p{Lu}\p{Ll}+\.?$/u.test(text);
