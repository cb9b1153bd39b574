import { FIRST_DESTINATION_STATES, FIRST_SOURCE_STATES, PLACES, SIDE_STATES } from './states.js';
import type { TransferTable } from './table.js';
import { EFFECTS, UNDO, UNDO_FINDINGS, type UndoVerdict } from './undo.js';
import { PLACE_VERDICTS, VERDICTS } from './verdicts.js';

/** A type of transfer in a sentence, and its table. */
export interface Described {
  sentence: string;
  table: TransferTable;
}

/**
 * `docs/transfer-types.md`: of every type its tables, with a line for each state of the source. `deciding` types come first,
 * then those that decide nothing, each with its sentence.
 */
export function printTables(
  deciding: Readonly<Record<string, Described>>,
  others: Readonly<Record<string, string>>,
): string {
  const parts = Object.entries(deciding).flatMap(([name, type]) => printOne(name, type));
  parts.push(...Object.entries(others).flatMap(([name, sentence]) => [`## ${name}`, sentence]));
  return `${[INTRODUCTION, ...parts, UNDO_INTRODUCTION, undoGrid()].join('\n\n')}\n`;
}

function printOne(name: string, { sentence, table }: Described): string[] {
  const { kinds, content, first, place, kindChanged } = table;
  const isLateAlike = FIRST_DESTINATION_STATES.every((state) => first.there[state] === first.late[state]);
  const firstStates = FIRST_SOURCE_STATES.filter((state) => state !== 'late' || !isLateAlike);
  return [
    `## ${name}`,
    sentence,
    `About: ${kinds.map((kind) => `${kind.toLowerCase()}s`).join(' and ')}.`,
    'What the ledger knows:',
    grid(SIDE_STATES, SIDE_STATES, (s, d) => VERDICTS[content[s][d]]),
    'What it does not know:',
    grid(firstStates, FIRST_DESTINATION_STATES, (s, d) => VERDICTS[first[s][d]]),
    'Place of what both sides have:',
    grid(PLACES, PLACES, (s, d) => PLACE_VERDICTS[place[s][d]]),
    `A file on one side and a folder on the other: ${VERDICTS[kindChanged]}.`,
  ];
}

function grid<S extends string, D extends string>(
  sources: readonly S[],
  destinations: readonly D[],
  cell: (source: S, destination: D) => string,
): string {
  const heads = ['', ...destinations.map((destination) => `D ${destination}`)];
  const lines = sources.map((source) => [
    `**S ${source}**`,
    ...destinations.map((destination) => cell(source, destination)),
  ]);
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function undoGrid(): string {
  const heads = ['It was', ...UNDO_FINDINGS.map((finding) => finding.toLowerCase().replace('_', ' '))];
  const lines = EFFECTS.map((effect) => [
    `**${effect.toLowerCase()}**`,
    ...UNDO_FINDINGS.map((finding) => UNDO_WORDS[UNDO[effect][finding]]),
  ]);
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const UNDO_WORDS: Readonly<Record<UndoVerdict, string>> = {
  REMOVE: 'remove it',
  GIVE_FORMER_VERSION: 'give it its former content',
  MOVE_BACK: 'move it back',
  PUT_BACK: 'put it back from bin or trash',
  DESCRIBE_AS_BEFORE: 'give it its former description',
  NOTHING: 'nothing',
  CHANGED_SINCE: 'refuse: changed since',
  GONE: 'refuse: gone',
  LATER_RUN: 'refuse: a later run dealt with it',
  NOT_KEPT: 'refuse: nothing is kept of it',
  PLACE_TAKEN: 'refuse: its place is taken',
  UNLISTED: 'refuse: not listed',
};

const UNDO_INTRODUCTION = `## The undo of a run

Whatever the type of the job is, each effect of a run is undone by this table, on the side that the run changed, one after
the other, the last first. What is found there now is \`as left\` by the run (of what it removed: nothing stands in its place), or \`as before\` it,
\`changed\` since, \`absent\`, or \`unknown\` because it could not be listed. What would change anything is refused as well where a later
run dealt with the item, where another item has its place, and where the platform keeps nothing: a share keeps what was removed or
replaced in its trash, unless the job deletes for good, and Procore in its recycle bin and as former versions of files.

The ledger forgets what an undo removes, and learns of nothing that it brings back: the next run decides by the tables above
and by what it sees. So a copy creates again what the source still has and leaves what was brought back, and SYNC takes what was brought
back for a change that people made on that side. The undo of an undo is planned like any other.`;

const INTRODUCTION = `# What each type of transfer does

Printed from \`packages/core/src/decide\` by its test (\`npx vitest run packages/core/src/decide -u\` prints it again). S is the
source, D the destination. Policies, obstacles such as locks and sizes, names and costs come after these tables; nothing
is removed without the proofs that [the architecture](architecture.md) names, and above the guard of the job not before a
person said so. What the filters of a job leave out is no business of these tables: at the source, and in SYNC on either side.

What the ledger knows is \`same\` as it was, or \`touched\`: its version or time differ and the content is proved equal.
\`changed\`: the content differs, or cannot be proved equal. \`absent\`: there is evidence that it is gone. \`unknown\`: it is
neither seen nor proved gone. What the ledger does not know is \`there\`, or came \`late\`: after the first listing had fixed
what is migrated. At its place at the destination stands something \`equal\`, something \`different\`, or nothing (\`absent\`).
A place is \`here\` where the ledger knows the item, or else \`moved\`: in another folder, or under another name.

Of two items that want one name at the destination none is put over the other. What a job brought over belongs to its item,
wherever people of the destination put it: a new item of that name gets another one as the policy \`duplicateNames\` says. Only
what the source does not have any more is taken for a new item that is equal, and it makes way for any where deletions are mirrored;
PUBLISH puts it back where it belongs. In SYNC one of the two gets a name with the time. What comes along with a folder is
\`here\`. Where both versions of a conflict are kept, both stand in the folder that the item has at the source.

Two cases take a second run; the first one skips the item, with the reason \`NAME_TAKEN\` and a sentence that says so:

- An item is renamed or moved to the place of one that the same run removes, as after \`rm c\` and \`mv b c\`. Removals come last,
  once all else is carried out and proved, and each looks first whether its item is still as it was listed: a run that freed the
  place before would remove something while its transfers may still fail, and one that put the item aside would leave it under a
  temporary name where the removal is refused. The next run finds the place free and moves the item, without a transfer. A new
  file waits for nothing: it takes the place with what it replaces in one step.
- In SYNC a file has the name of a folder of the other side. The file first gets its name for conflicts on its own side, and the
  folder comes to its place there. Under that name the file is an item that no listing has shown yet, and nothing is written on
  the word of a plan alone: the next run lists it, and brings it over like any new file.`;
