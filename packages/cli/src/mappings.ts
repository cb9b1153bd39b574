import { createReadStream } from 'node:fs';
import { graphql, type ResultOf, type SluiceClient } from '@sluice/client';
import { Failure } from './exit-codes.js';
import { findConnection, findMappingSet } from './find.js';
import { line, shown, table, word, type Terminal } from './terminal.js';

const MappingSets = graphql(`
  query MappingSets {
    mappingSets {
      id
      name
      kind
      sourcePlatform
      destinationPlatform
      updatedAt
    }
  }
`);

const MappingImport = graphql(`
  mutation MappingImport($id: ID!, $csv: String!, $replaceAll: Boolean!, $dryRun: Boolean!) {
    mappingImport(mappingSetId: $id, csv: $csv, replaceAll: $replaceAll, dryRun: $dryRun) {
      addedCount
      replacedCount
      deletedCount
      rowErrors {
        line
        column
        message
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

const MappingPreview = graphql(`
  query MappingPreview($id: ID!, $location: LocationInput!, $rows: Int!) {
    mappingPreview(mappingSetId: $id, location: $location, first: $rows) {
      entry {
        path
      }
      destinationField
      sourceValue
      destinationValue
      match
      problem
    }
  }
`);

/** Rows of the largest preview. */
export const MAX_PREVIEW_ROWS = 200;
/** Bytes of the largest file that is read: a character of UTF-8 has at most 4, and the server takes 2^20 characters. */
const MAX_FILE_BYTES = 4 * 2 ** 20;
/** So many unusable rows the server tells at most. */
const MAX_TOLD_ROWS = 200;

export async function listMappingSets({ out, signal }: Terminal, client: SluiceClient, isJson: boolean): Promise<void> {
  const sets = (await client.request(MappingSets, {}, { signal })).mappingSets ?? [];
  if (isJson) return sets.forEach((set) => line(out, JSON.stringify(set)));
  const rows = sets.map(({ id, kind, sourcePlatform, destinationPlatform, name }) => [
    id,
    word(kind),
    `${word(sourcePlatform)} → ${word(destinationPlatform)}`,
    name,
  ]);
  if (rows.length > 0) line(out, table(['ID', 'KIND', 'PLATFORMS', 'NAME'], rows));
}

export interface ImportFlags {
  /** CSV with a header, as an export writes it. */
  file: string;
  isDryRun: boolean;
  /** Whether what the file does not name is deleted. */
  replaceAll: boolean;
  isJson: boolean;
}

/** Fills a set from a file. Throws `Failure` after all unusable rows are told; nothing is changed then. */
export async function importMappings(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  { file, isDryRun, replaceAll, isJson }: ImportFlags,
): Promise<void> {
  const csv = await textOf(file);
  const id = await findMappingSet(client, given);
  const variables = { id, csv, replaceAll, dryRun: isDryRun };
  const imported = await client.mutate(MappingImport, variables, { signal: terminal.signal });
  const { rowErrors, addedCount, replacedCount, deletedCount } = imported;
  if (rowErrors.length > 0) throw refused(terminal, file, rowErrors, isJson);
  const counts = { addedCount, replacedCount, deletedCount, isDryRun };
  const text = `${addedCount} added, ${replacedCount} replaced, ${deletedCount} deleted`;
  line(terminal.out, isJson ? JSON.stringify(counts) : `${text}${isDryRun ? ' (dry run: nothing was changed)' : ''}`);
}

type RowError = NonNullable<ResultOf<typeof MappingImport>['mappingImport']>['rowErrors'][number];

function refused({ out, err }: Terminal, file: string, errors: readonly RowError[], isJson: boolean): Failure {
  if (isJson) for (const error of errors) line(out, JSON.stringify(error));
  else {
    const rows = errors.map((error) => [String(error.line), error.column, error.message]);
    line(err, table(['LINE', 'COLUMN', 'PROBLEM'], rows));
  }
  const count = errors.length < MAX_TOLD_ROWS ? String(errors.length) : `At least ${errors.length}`;
  return new Failure(2, `${shown(file)}: ${count} problems. Nothing was imported.`);
}

/** A text in UTF-8 of a size that can be one; the server sets the bound of its characters. */
async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code = 'unknown' } = error as { code?: string };
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Failure(2, `${shown(file)} is not in UTF-8. Save it as UTF-8.`);
    throw new Failure(2, `${shown(file)} cannot be read (${code}).`);
  }
}

/** Read as it comes, so that a pipe does as well as a file, and never beyond the bound. */
async function bytesOf(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FILE_BYTES) throw new Failure(2, `${shown(file)} is too large: at most 1 MiB. Import it in parts.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export interface PreviewFlags {
  /** Connection to read from. */
  connection: string;
  /** Folder to look at, else the root. */
  path: string | undefined;
  /** Most rows, 1 to 200. */
  rows: number;
  isJson: boolean;
}

/** What a set makes of the first items of a connection that it says something about. */
export async function previewMappings(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  { connection, path, rows, isJson }: PreviewFlags,
): Promise<void> {
  const { out, err, signal } = terminal;
  const [id, connectionId] = [await findMappingSet(client, given), await findConnection(client, connection)];
  const location = { connectionId, ...(path === undefined ? {} : { at: { path } }) };
  const { mappingPreview } = await client.request(MappingPreview, { id, location, rows }, { signal });
  if (mappingPreview === null) throw new Failure(4, 'The token needs a further scope: CONNECTIONS_READ.');
  if (isJson) return mappingPreview.forEach((row) => line(out, JSON.stringify(row)));
  if (mappingPreview.length === 0) return line(err, 'The set says nothing about the items that were looked at.');
  const headings = ['PATH', 'FIELD', 'SOURCE', 'DESTINATION', 'FOUND BY', 'PROBLEM'];
  line(out, table(headings, mappingPreview.map(previewCells)));
}

type PreviewRow = NonNullable<ResultOf<typeof MappingPreview>['mappingPreview']>[number];

const previewCells = (row: PreviewRow): (string | null)[] => [
  row.entry.path,
  row.destinationField,
  row.sourceValue,
  row.destinationValue,
  word(row.match),
  row.problem,
];
