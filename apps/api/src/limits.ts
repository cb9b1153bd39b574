import { z } from 'zod';

/** One limit: its value when nothing is set, the variable that sets it, and the bounds of that value. */
interface LimitDefinition {
  variable: string;
  standard: number;
  min: number;
  max: number;
  /** Unit of the variable's value; the limit itself is in milliseconds where it is a time. */
  unit: 'count' | 'seconds' | 'minutes' | 'hours' | 'days' | 'KiB' | 'bytes';
}

const FACTORS: Readonly<Record<LimitDefinition['unit'], number>> = {
  count: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  KiB: 1_024,
  bytes: 1,
};

function limit(
  variable: string,
  standard: number,
  [min, max]: readonly [number, number],
  unit: LimitDefinition['unit'] = 'count',
): LimitDefinition {
  return { variable, standard, min, max, unit };
}

/** Every limit on requests and lifetimes. The README describes each variable. */
export const LIMIT_DEFINITIONS = {
  maxDepth: limit('SLUICE_MAX_DEPTH', 15, [5, 50]),
  maxCost: limit('SLUICE_MAX_COST', 2_000, [100, 100_000]),
  costPerMinute: limit('SLUICE_COST_PER_MINUTE', 200_000, [1_000, 100_000_000]),
  maxAliases: limit('SLUICE_MAX_ALIASES', 30, [0, 1_000]),
  maxRootFields: limit('SLUICE_MAX_ROOT_FIELDS', 20, [1, 1_000]),
  maxDirectives: limit('SLUICE_MAX_DIRECTIVES', 20, [0, 1_000]),
  maxTokens: limit('SLUICE_MAX_TOKENS', 2_000, [500, 100_000]),
  maxBodyBytes: limit('SLUICE_MAX_BODY_KIB', 3_072, [64, 65_536], 'KiB'),
  headerTime: limit('SLUICE_HEADER_SECONDS', 10, [1, 300], 'seconds'),
  bodyTime: limit('SLUICE_BODY_SECONDS', 30, [1, 3_600], 'seconds'),
  maxHttpSocketsPerAddress: limit('SLUICE_MAX_HTTP_SOCKETS_PER_ADDRESS', 256, [8, 65_536]),
  maxResponseBytes: limit('SLUICE_MAX_RESPONSE_BYTES', 16_777_216, [65_536, 1_073_741_824], 'bytes'),
  maxSubscriptionsPerSocket: limit('SLUICE_MAX_SUBSCRIPTIONS_PER_SOCKET', 50, [1, 10_000]),
  maxSocketsPerActor: limit('SLUICE_MAX_SOCKETS_PER_PERSON', 20, [1, 10_000]),
  maxSocketsPerAddress: limit('SLUICE_MAX_SOCKETS_PER_ADDRESS', 100, [1, 65_536]),
  pingsPerMinute: limit('SLUICE_PINGS_PER_MINUTE', 1_200, [60, 100_000]),
  subscribesPerSecond: limit('SLUICE_SUBSCRIBES_PER_SECOND', 10, [1, 1_000]),
  subscribeBurst: limit('SLUICE_SUBSCRIBE_BURST', 50, [1, 10_000]),
  maxMessageBytes: limit('SLUICE_MAX_MESSAGE_KIB', 64, [4, 4_096], 'KiB'),
  connectionInitWait: limit('SLUICE_CONNECTION_INIT_SECONDS', 10, [1, 300], 'seconds'),
  idleSocket: limit('SLUICE_IDLE_SOCKET_SECONDS', 300, [10, 86_400], 'seconds'),
  operationTime: limit('SLUICE_OPERATION_SECONDS', 10, [1, 300], 'seconds'),
  platformTime: limit('SLUICE_PLATFORM_SECONDS', 15, [1, 300], 'seconds'),
  signInFailuresPerMinute: limit('SLUICE_SIGN_IN_FAILURES', 5, [1, 1_000]),
  signInFailuresPerAddress: limit('SLUICE_SIGN_IN_FAILURES_PER_ADDRESS', 20, [1, 10_000]),
  signInFailuresPerName: limit('SLUICE_SIGN_IN_FAILURES_PER_NAME', 30, [1, 10_000]),
  signInFailuresOverall: limit('SLUICE_SIGN_IN_FAILURES_OVERALL', 200, [1, 100_000]),
  maxTokensPerPerson: limit('SLUICE_MAX_TOKENS_PER_PERSON', 200, [1, 100_000]),
  sessionIdle: limit('SLUICE_SESSION_IDLE_HOURS', 12, [1, 720], 'hours'),
  sessionLife: limit('SLUICE_SESSION_DAYS', 7, [1, 365], 'days'),
  eventRetention: limit('SLUICE_EVENT_DAYS', 7, [1, 365], 'days'),
  auditRetention: limit('SLUICE_AUDIT_DAYS', 365, [7, 3_650], 'days'),
  itemRetention: limit('SLUICE_ITEM_DAYS', 30, [1, 3_650], 'days'),
  itemRuns: limit('SLUICE_ITEM_RUNS', 20, [1, 10_000]),
  /** Zero: for ever. */
  trashRetention: limit('SLUICE_TRASH_DAYS', 0, [0, 3_650], 'days'),
  idempotencyRetention: limit('SLUICE_IDEMPOTENCY_HOURS', 24, [1, 720], 'hours'),
  reportRetention: limit('SLUICE_REPORT_DAYS', 7, [1, 365], 'days'),
  planValidity: limit('SLUICE_PLAN_HOURS', 24, [1, 720], 'hours'),
  eventQueue: limit('SLUICE_EVENT_QUEUE', 1_000, [10, 100_000]),
  /** Least time between two reports of one budget. */
  budgetInterval: limit('SLUICE_BUDGET_REPORT_SECONDS', 1, [1, 60], 'seconds'),
} as const satisfies Readonly<Record<string, LimitDefinition>>;

type LimitName = keyof typeof LIMIT_DEFINITIONS;

/** The limits in force; times are milliseconds, sizes bytes. */
export type ServerLimits = Record<LimitName, number>;

const entries = Object.entries(LIMIT_DEFINITIONS) as [LimitName, LimitDefinition][];

/** The variables that set limits, each a whole number within its bounds; those that are absent are not set. */
export const limitVariables = Object.fromEntries(
  entries.map(([, { variable, min, max, unit }]) => {
    const counted = unit === 'count' ? 'a whole number' : `a whole number of ${unit}`;
    const complaint = `must be ${counted} from ${min} to ${max}`;
    return [variable, z.coerce.number(complaint).int(complaint).min(min, complaint).max(max, complaint).optional()];
  }),
);

/** The limits that checked variables set, and the standard ones. */
export function readLimits(values: Readonly<Record<string, unknown>>): ServerLimits {
  const read = entries.map(([name, { variable, standard, unit }]) => {
    const given = values[variable];
    return [name, (typeof given === 'number' ? given : standard) * FACTORS[unit]];
  });
  return Object.fromEntries(read) as ServerLimits;
}

export const DEFAULT_LIMITS = readLimits({});
