const MAX_CHARACTERS = 100;
const MAX_ENTRIES = 20;
const MAX_DEPTH = 4;
const MAX_FRAMES = 10;
const MAX_CAUSES = 5;

/** A text as it may stand in a log. */
export function cut(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1)}…`;
}

/** The fields of a line with every text, list and object in them cut. */
export function shorten(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shortenValue(value, MAX_DEPTH)]));
}

function shortenValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(value);
  if (value instanceof Error) return describeError(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((entry) => shortenValue(entry, depth - 1));
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([name, entry]) => [cut(name), shortenValue(entry, depth - 1)]));
}

/** The parts of an error that a log line holds. */
export interface ErrorLine {
  type: string;
  /** The error's message; absent where it may hold values or SQL. */
  message?: string;
  code?: string;
  /** The stack, without the folder of the installation in its paths. */
  stack?: string[];
  cause?: ErrorLine;
}

/**
 * Describes an error. Its other properties, among them the statement and the parameters of a database error, are left
 * out, and so are messages that repeat them.
 */
export function describeError(error: unknown, depth = MAX_CAUSES): ErrorLine {
  if (!(error instanceof Error)) return { type: cut(typeof error) };
  const { code, cause, stack } = error as Error & { code?: unknown };
  return {
    type: cut(error.name === 'Error' ? error.constructor.name : error.name),
    ...(mayTell(error) ? { message: cut(error.message) } : {}),
    ...(typeof code === 'string' ? { code: cut(code) } : {}),
    ...(depth === MAX_CAUSES && stack !== undefined ? { stack: framesOf(stack) } : {}),
    ...(cause !== undefined && depth > 0 ? { cause: describeError(cause, depth - 1) } : {}),
  };
}

/** Databases repeat values or parts of a statement in errors about these; drizzle repeats the whole statement. */
function mayTell(error: Error): boolean {
  const { code } = error as { code?: unknown };
  const isAboutValues = typeof code === 'string' && /^((22|23|42)\w{3}|SQLITE_ERROR)$/.test(code);
  return !isAboutValues && !('query' in error && 'params' in error);
}

function framesOf(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, MAX_FRAMES)
    .map((line) => cut(line.trim().replace(/(file:\/\/)?\/\S*\/(?=(apps|packages|node_modules)\/)/, '')));
}
