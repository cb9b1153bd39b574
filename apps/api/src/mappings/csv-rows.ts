import { CsvError, parse } from 'csv-parse/sync';

/** A fault in a text of rows; `column` is null for the whole row. */
export interface RowError {
  /** Of the text, from 1: the first line of the row. */
  line: number;
  column: string | null;
  message: string;
}

export interface CsvRow {
  line: number;
  /** Values by column, as they are meant: an apostrophe that keeps a spreadsheet from calculating is gone. */
  cells: Readonly<Record<string, string>>;
}

export interface ReadRows {
  rows: CsvRow[];
  errors: RowError[];
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/**
 * Reads a text of RFC 4180 with a header, which names each of the columns once in any order; a mark of byte order before it is
 * ignored, and lines may end in either way. Every row that cannot be used is told; a quote that never ends, or stands within a text, ends
 * the reading.
 */
export function readRows(text: string, columns: readonly string[]): ReadRows {
  const parsed = parseText(text);
  if ('error' in parsed) return { rows: [], errors: [parsed.error] };
  const [header, ...records] = parsed.records;
  const problem = headerProblem(header?.cells ?? [], columns);
  if (problem !== null) return { rows: [], errors: [{ line: header?.line ?? 1, column: null, message: problem }] };
  const read = records.map(({ line, cells }) => readRow(line, cells, header!.cells));
  return {
    rows: read.flatMap((row) => ('cells' in row ? [row] : [])),
    errors: read.flatMap((row) => ('message' in row ? [row] : [])),
  };
}

type ParsedText = { records: { line: number; cells: string[] }[] } | { error: RowError };

function parseText(text: string): ParsedText {
  const lines = text.replace(/\r\n?/g, '\n');
  const broken = lines.search(/\p{Surrogate}/u);
  if (broken >= 0) return { error: { line: lines.slice(0, broken).split('\n').length, column: null, message: HALF } };
  try {
    const parsed = parse(lines, OPTIONS) as unknown as Parsed[];
    return { records: parsed.map(({ record, info }) => ({ line: firstLine(info.lines, record), cells: record })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { error: { line: lineOf(error), column: null, message: QUOTES } };
  }
}

const OPTIONS = {
  bom: true,
  info: true,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
} as const;
const HALF = 'The text holds half a character; save it as UTF-8.';
const QUOTES =
  'A quote is not closed or stands within a text; write each quote of a text twice, and the text in quotes.';

/** The reader counts lines up to the end of a row; a text in quotes may hold several. */
const firstLine = (last: number, cells: readonly string[]) =>
  last - cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);

const lineOf = (error: CsvError) => (typeof error['lines'] === 'number' ? error['lines'] : 1);

function headerProblem(header: readonly string[], columns: readonly string[]): string | null {
  const isComplete = header.length === columns.length && columns.every((column) => header.includes(column));
  return isComplete ? null : `The first line has to name the columns ${columns.join(', ')}.`;
}

function readRow(line: number, cells: readonly string[], header: readonly string[]): CsvRow | RowError {
  if (cells.length !== header.length)
    return { line, column: null, message: `The row has ${cells.length} values instead of ${header.length}.` };
  const odd = cells.findIndex((cell) => CONTROL.test(cell));
  if (odd >= 0)
    return { line, column: header[odd]!, message: 'The value holds a line break or another control character.' };
  return { line, cells: Object.fromEntries(header.map((column, index) => [column, meant(cells[index]!)])) };
}

const CONTROL = /\p{Cc}/u;

/** An export puts an apostrophe before what a spreadsheet would calculate, and before what looks as if it had one already. */
const meant = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell).normalize('NFC');
