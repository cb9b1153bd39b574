import { GraphqlError, RefusedError, TransportError, type RunState } from '@sluice/client';

/** How the program ends, for scripts. README and `sluice --help` show the same table. */
export const EXIT_CODES = [
  [0, 'done; of `run`: everything was carried out'],
  [1, 'something else went wrong'],
  [2, 'the command or its input was refused'],
  [3, 'the server cannot be reached or did not answer'],
  [4, 'the token is missing or refused, or lacks the right'],
  [10, 'the run ended, and some items are flagged'],
  [11, 'the run failed'],
  [12, 'the run was canceled'],
  [13, 'the run ended because the calls are used up; the next run carries on'],
  [130, 'left with Ctrl-C; a run goes on'],
] as const;

export type ExitCode = (typeof EXIT_CODES)[number][0];

const OF_ENDS: Readonly<Partial<Record<RunState, ExitCode>>> = {
  SUCCEEDED: 0,
  SUCCEEDED_WITH_ISSUES: 10,
  FAILED: 11,
  CANCELED: 12,
  CARRIED_OVER: 13,
};

export const exitCodeOfRun = (state: RunState | null): ExitCode => (state === null ? 1 : (OF_ENDS[state] ?? 1));

/** A mistake in the command, with the sentence that tells what is right. */
export class UsageError extends Error {}

/** A mistake that the program cannot go on after, with its code. */
export class Failure extends Error {
  constructor(
    readonly code: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

const IDENTITY_CODES: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);
const INPUT_CODES: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'CURSOR_INVALID', 'PAGE_SIZE_OUT_OF_RANGE']);

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof Failure) return error.code;
  if (error instanceof UsageError || error instanceof RefusedError || isUnknownOption(error)) return 2;
  if (error instanceof TransportError) return 3;
  if (!(error instanceof GraphqlError)) return 1;
  if (IDENTITY_CODES.has(error.code)) return 4;
  return INPUT_CODES.has(error.code) ? 2 : 1;
}

/** What `parseArgs` of Node.js throws. */
function isUnknownOption(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_');
}

/** What is wrong and what to do, in one or two lines. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof GraphqlError && error.code === 'UNAUTHENTICATED')
    return `${message}\nMake a token on the page “API tokens” and give it by “sluice login” or SLUICE_TOKEN.`;
  if (error instanceof GraphqlError && error.code === 'FORBIDDEN')
    return `${message}\nThe token needs a further scope: make another one on the page “API tokens”.`;
  if (error instanceof TransportError && error.failure === 'UNREACHABLE')
    return `${message}\nThe address comes from --url, SLUICE_URL or “sluice login”.`;
  if (error instanceof GraphqlError && error.requestId !== null) return `${message} (request ${error.requestId})`;
  return message;
}
