import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import type { ProcoreClient } from '../api/client.js';
import { statusOf } from '../errors.js';

const UNSEEN =
  'Add the account to the project. For a service account, choose the project among the permitted projects of the app in Procore; updating the app clears that choice.';
const NO_DOCUMENTS =
  'Switch the Documents tool of the project on and give the account of the connection a level there.';

/** Finds out, with one call, why a listing was refused; any other error is returned as it is. */
export async function diagnose(error: unknown, client: ProcoreClient, call: Call): Promise<unknown> {
  const status = statusOf(error);
  if (status !== 403 && status !== 404) return error;
  try {
    await client.project(call);
  } catch (seen) {
    if (![403, 404].includes(statusOf(seen) ?? 0)) return seen;
    return refused(
      status,
      'The project does not exist, or the account of the connection may not see it.',
      UNSEEN,
      error,
    );
  }
  return refused(
    status,
    'The documents of the project may not be listed by the account of the connection.',
    NO_DOCUMENTS,
    error,
  );
}

function refused(status: number, message: string, remedy: string, cause: unknown): PlatformError {
  return new PlatformError(status === 403 ? 'ACCESS_DENIED' : 'NOT_FOUND', message, {
    remoteStatus: String(status),
    remedy,
    cause,
  });
}
