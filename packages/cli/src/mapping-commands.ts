import { JSON_HELP, JSON_OPTION, simple, type Command } from './command.js';
import { UsageError } from './exit-codes.js';
import { importMappings, listMappingSets, MAX_PREVIEW_ROWS, previewMappings } from './mappings.js';
import { writeReport } from './report.js';

export const MAPPING_COMMANDS: Readonly<Record<string, Command>> = {
  mappings: simple(
    { usage: '', summary: 'lists the mapping sets', options: JSON_OPTION, help: JSON_HELP },
    (terminal, client, { flags }) => listMappingSets(terminal, client, flags['json'] === true),
  ),
  'mappings import': simple(
    {
      usage: 'SET FILE',
      summary: 'fills a mapping set from a CSV file, all of it or nothing; tells every row that cannot be used',
      options: { ...JSON_OPTION, 'dry-run': { type: 'boolean' }, 'replace-all': { type: 'boolean' } },
      help: {
        json: 'each row that cannot be used, and what was changed, as one JSON object in a line',
        'dry-run': 'tell what would change, and change nothing',
        'replace-all': 'delete what the file does not name',
      },
    },
    (terminal, client, { subject, object, flags }) =>
      importMappings(terminal, client, subject, {
        file: object,
        isDryRun: flags['dry-run'] === true,
        replaceAll: flags['replace-all'] === true,
        isJson: flags['json'] === true,
      }),
  ),
  'mappings export': simple(
    {
      usage: 'SET',
      summary: 'writes a mapping set to a CSV file, as an import reads it',
      options: { output: { type: 'string' } },
      help: { output: 'file to write; else mappings.csv' },
    },
    (terminal, client, { subject, flags }) => {
      const output = (flags['output'] as string | undefined) ?? 'mappings.csv';
      return writeReport(terminal, client, subject, { kind: 'MAPPING_SET', format: 'CSV', output });
    },
  ),
  'mappings preview': simple(
    {
      usage: 'SET CONNECTION',
      summary: 'shows what a mapping set makes of the items of a connection, and changes nothing',
      options: { ...JSON_OPTION, path: { type: 'string' }, rows: { type: 'string' } },
      help: {
        ...JSON_HELP,
        path: 'folder to look at, such as /Drawings; else the root',
        rows: `most rows, 1 to ${MAX_PREVIEW_ROWS}; else 50`,
      },
    },
    (terminal, client, { subject, object, flags }) =>
      previewMappings(terminal, client, subject, {
        connection: object,
        path: flags['path'] as string | undefined,
        rows: rowsOf(flags['rows']),
        isJson: flags['json'] === true,
      }),
  ),
};

function rowsOf(given: unknown): number {
  const rows = Number(given ?? 50);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MAX_PREVIEW_ROWS) return rows;
  throw new UsageError(`--rows is a whole number from 1 to ${MAX_PREVIEW_ROWS}.`);
}
