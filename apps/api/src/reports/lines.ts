import type { ReportFormat } from '../db/tables/reports.js';

export type Cell = string | number | boolean | Date | null;
/** Rows of a report in portions, so that its size does not matter; each row is in the order of the columns. */
export type Rows = AsyncGenerator<Cell[][], void, undefined>;

/** How a report is written: its columns, and what its times look like. */
export interface Layout {
  columns: readonly string[];
  format: ReportFormat;
  /** A known time zone. */
  timeZone: string;
}

/** Writes the rows of a report as lines; each ends as its format demands. */
export class LineWriter {
  private readonly showTime: (time: Date) => string;

  constructor(private readonly layout: Layout) {
    this.showTime = timesIn(layout.timeZone);
  }

  /** What stands before the first row: the names of the columns in CSV, nothing in JSON lines. */
  head(): string {
    return this.layout.format === 'CSV' ? csvLine(this.layout.columns) : '';
  }

  /** `cells` are in the order of the columns. */
  line(cells: readonly Cell[]): string {
    const shown = cells.map((cell) => (cell instanceof Date ? this.showTime(cell) : cell));
    if (this.layout.format === 'CSV') return csvLine(shown);
    return `${JSON.stringify(Object.fromEntries(this.layout.columns.map((name, index) => [name, shown[index] ?? null])))}\n`;
  }
}

/** A line of RFC 4180, in which no text begins as a formula does. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * A text that a spreadsheet would carry out as a formula gets an apostrophe before it, and so does one that looks as if it had got
 * one, so that taking one away always gives the text. Numbers are written as they are: a minus before digits is no formula.
 */
function csvCell(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Times in ISO 8601 with milliseconds and the offset of the zone at that time. */
function timesIn(timeZone: string): (time: Date) => string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  return (time) => {
    if (timeZone === 'UTC') return time.toISOString();
    const at = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]));
    const local = `${at['year']}-${at['month']}-${at['day']}T${at['hour']}:${at['minute']}:${at['second']}.${at['fractionalSecond']}`;
    return `${local}${offsetText(new Date(`${local}Z`).getTime() - time.getTime())}`;
  };
}

function offsetText(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${milliseconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
