import { FIRST_DESTINATION_STATES, FIRST_SOURCE_STATES, PLACES, SIDE_STATES } from './states.js';
import type { TransferTable } from './table.js';
import { PLACE_VERDICTS, VERDICTS } from './verdicts.js';

type Tables = Readonly<Record<string, TransferTable>>;

/** `docs/decisions/transfer-types.md`: every table, a line for each pair of states and a column for each type. */
export function printTables(tables: Tables): string {
  const columns = Object.keys(tables);
  const grid = <S extends string, D extends string>(
    sources: readonly S[],
    destinations: readonly D[],
    cell: (table: TransferTable, source: S, destination: D) => string,
  ) =>
    [
      row(['S', 'D', ...columns]),
      row(['S', 'D', ...columns].map(() => '---')),
      ...sources.flatMap((source) =>
        destinations.map((destination) =>
          row([source, destination, ...columns.map((name) => cell(tables[name]!, source, destination))]),
        ),
      ),
    ].join('\n');
  const content = grid(SIDE_STATES, SIDE_STATES, (table, s, d) => VERDICTS[table.content[s][d]]);
  const first = grid(FIRST_SOURCE_STATES, FIRST_DESTINATION_STATES, (table, s, d) => VERDICTS[table.first[s][d]]);
  const place = grid(PLACES, PLACES, (table, s, d) => PLACE_VERDICTS[table.place[s][d]]);
  const kind = columns.map((name) => `${name}: ${VERDICTS[tables[name]!.kindChanged]}`).join('; ');
  return (
    [INTRODUCTION, KNOWN, content, FIRST, first, PLACE, place, `${KIND}\n\n${kind}.`, ''].join('\n\n').trimEnd() + '\n'
  );
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const INTRODUCTION = `# What each type of transfer does

Printed from \`packages/core/src/decide\` by its test (\`npx vitest run packages/core/src/decide -u\` prints it again). S is the
source, D the destination. Policies, obstacles such as locks and sizes, names and costs come after these tables.`;
const KNOWN = `## Content of an item that the ledger knows

\`same\`: as it was. \`touched\`: version or time differ, the content is proved equal. \`changed\`: the content differs, or cannot
be proved equal. \`absent\`: there is evidence that it is gone. \`unknown\`: neither seen nor proved gone.`;
const FIRST = `## Content of an item that the ledger does not know`;
const PLACE = `## Place of an item that both sides have`;
const KIND = `## A file on one side, a folder on the other`;
