import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import type { Bound } from './bounds.js';
import { isHeldInstant } from './instants.js';

interface Definition<T> {
  name: string;
  specifiedByURL: string;
  parse: (value: unknown) => T;
  serialize: (value: unknown) => string | number;
  bound?: Bound;
}

function scalar<T>({
  name,
  specifiedByURL,
  parse,
  serialize,
  bound,
}: Definition<T>): GraphQLScalarType<T, string | number> {
  const read = (value: unknown, node: ValueNode | null): T => {
    try {
      return parse(value);
    } catch (error) {
      const message = `${name} ${(error as Error).message}`;
      throw new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
    }
  };
  return new GraphQLScalarType<T, string | number>({
    name,
    specifiedByURL,
    serialize,
    parseValue: (value) => read(value, null),
    parseLiteral: (node) => read(literal(node), node),
    extensions: { bound },
  });
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  if (node.kind === Kind.INT) return Number(node.value);
  throw new GraphQLError('The literal has the wrong kind.', { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
}

function text(value: unknown, pattern: RegExp, expected: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new Error(`must be ${expected}.`);
  return value;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const INSTANT_HELP = 'an RFC 3339 instant such as 2026-11-21T08:00:00Z, from year 1 to 9999';

function instant(value: unknown): Date {
  const written = text(value, INSTANT, INSTANT_HELP);
  const date = new Date(written.toUpperCase());
  const day = Number(written.slice(8, 10));
  const lastDay = new Date(Date.UTC(Number(written.slice(0, 4)), Number(written.slice(5, 7)), 0)).getUTCDate();
  // With its offset an instant may lie before year 1 or after year 9999, which the databases cannot hold.
  if (!isHeldInstant(date.getTime()) || day > lastDay) throw new Error(`must be ${INSTANT_HELP}.`);
  return date;
}

/** An instant; its value in code is a `Date`. */
export const DateTime = scalar<Date>({
  name: 'DateTime',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  parse: instant,
  serialize: (value) => new Date(value as Date | number).toISOString(),
});

const DURATION = /^P(?!$)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000];
const MAX_DURATION_MS = 36_500 * 86_400_000;

/** A duration; its value in code is milliseconds. Days are the largest unit, since months have no fixed length. */
export const Duration = scalar<number>({
  name: 'Duration',
  specifiedByURL: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  parse: (value) => {
    const parts = DURATION.exec(text(value, DURATION, 'an ISO 8601 duration such as PT15M')) ?? [];
    const milliseconds = UNITS.reduce((sum, unit, index) => sum + Math.round(Number(parts[index + 1] ?? 0) * unit), 0);
    if (milliseconds > MAX_DURATION_MS) throw new Error('must be at most 36500 days.');
    return milliseconds;
  },
  serialize: (value) => printDuration(value as number),
});

function printDuration(milliseconds: number): string {
  const whole = (unit: number, within: number) => Math.floor((milliseconds % within) / unit);
  const days = Math.floor(milliseconds / 86_400_000);
  const hours = whole(3_600_000, 86_400_000);
  const minutes = whole(60_000, 3_600_000);
  const seconds = (milliseconds % 60_000) / 1_000;
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  if (days === 0 && time === '') return 'PT0S';
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

/** A time of day; its value in code is the text `HH:mm`. */
export const LocalTime = scalar<string>({
  name: 'LocalTime',
  specifiedByURL: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  parse: (value) => text(value, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:30'),
  serialize: String,
});

function safeInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error('must be a whole number within ±(2^53 − 1).');
  return value as number;
}

export const SafeInt = scalar<number>({
  name: 'SafeInt',
  specifiedByURL: 'https://the-guild.dev/graphql/scalars/docs/scalars/safe-int',
  parse: safeInteger,
  serialize: safeInteger,
});

/** A time zone; its value in code is the name of a known zone. */
export const TimeZone = scalar<string>({
  name: 'TimeZone',
  specifiedByURL: 'https://www.iana.org/time-zones',
  parse: (value) => {
    const name = text(value, /^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/, 'an IANA time zone such as Europe/Berlin');
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name;
    } catch {
      throw new Error('must be a known IANA time zone such as Europe/Berlin.');
    }
  },
  serialize: String,
});

/** A web address; its value in code is the text as the caller wrote it. */
export const Address = scalar<string>({
  name: 'URL',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  bound: { maxCharacters: 2_008 },
  parse: (value) => {
    const written = text(value, /^https?:\/\/\S{1,2000}$/i, 'an absolute http or https address');
    if (!URL.canParse(written)) throw new Error('must be an absolute http or https address.');
    return written;
  },
  serialize: String,
});
