import { requireCaller, type Caller, type Context } from '../graphql/context.js';
import { requestError } from '../graphql/errors.js';

/** The person who is signed in. Throws FORBIDDEN for a token: it makes no tokens and has no password. */
export function requirePerson(context: Context): Caller {
  const caller = requireCaller(context);
  if (caller.kind !== 'USER') throw requestError('FORBIDDEN', 'Only a person who is signed in can do this.');
  return caller;
}
