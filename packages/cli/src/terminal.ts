import type { Writable } from 'node:stream';
import type { SluiceClient } from '@sluice/client';

/** What the program writes to and reads from; tests hand in their own. */
export interface Terminal {
  out: Writable;
  err: Writable;
  /** Whether a person watches `err`, so that a line may be written over. */
  isInteractive: boolean;
  /** Width of the window in columns. */
  columns: number;
  env: Readonly<Record<string, string | undefined>>;
  /** One line from the keyboard or the input, not shown while it is typed; null at the end of the input. */
  askSecret: (question: string) => Promise<string | null>;
  /** A client of a server; throws `TypeError` for an address or token that can be none. */
  connect: (url: string, token: string) => SluiceClient;
  /** For files behind signed addresses, which take no token. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

// What comes from the server is text of people and platforms: it must not steer the terminal.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe to show: what would steer a terminal becomes a sign. */
export const shown = (text: string): string => text.replace(CONTROLS, '�');

export function line(stream: Writable, text: string): void {
  stream.write(`${text}\n`);
}

/** Rows below headings, each column as wide as its widest cell, the last one without end. */
export function table(headings: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cells = [headings, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : shown(cell))))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(count: number): string {
  const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(count) / 10));
  return `${(count / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** `TRANSFERRING` as a person says it: `transferring`. */
export const word = (value: string): string => value.toLowerCase().replaceAll('_', ' ');
