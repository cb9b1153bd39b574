/** Postgres: shutting down or starting, connection lost, deadlock, serialisation. System: connection refused or broken. */
const PASSING = /^(57P0[123]|08\w{3}|40P01|40001|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const BROKEN = /connection (terminated|timeout)|timeout exceeded when trying to connect/i;

/** Whether the store failed in a way that passes, so that the work can go on later from where it stands. */
export function isStoreTrouble(error: unknown, depth = 4): boolean {
  if (!(error instanceof Error) || depth === 0) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && PASSING.test(code)) return true;
  return BROKEN.test(error.message) || isStoreTrouble(error.cause, depth - 1);
}
