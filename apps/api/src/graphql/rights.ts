/**
 * Who may read what. `@Authorized` stands beside each type and each root field; where it stands beside another field,
 * it replaces there what the type demands. Nothing is readable without one: the schema does not start then.
 */
import { requestError } from './errors.js';
import { SCOPES, type Scope } from './scopes.js';
import type { Caller, Context } from './context.js';

/** A scope, any identity, or nothing; OWNER is the person or token that the object is, or that made it. */
export type Right = Scope | 'ANYONE' | 'IDENTITY' | 'OWNER';

/** Rights of which one is enough. */
export type AnyOf = readonly Right[];

const RIGHTS: ReadonlySet<unknown> = new Set<Right>([...SCOPES, 'ANYONE', 'IDENTITY', 'OWNER']);

/** Whether a declaration names at least one right, and only rights that exist. */
export function isAnyOf(declared: readonly unknown[]): declared is AnyOf {
  return declared.length > 0 && declared.every((right) => RIGHTS.has(right));
}

/** Whether the caller may see the object; of a right of OWNER alone nothing can be told before the object is there. */
export function isAllowed(anyOf: AnyOf, value: unknown, { caller }: Pick<Context, 'caller'>): boolean {
  return anyOf.some((right) => right === 'ANYONE' || (caller !== null && holds(right, value, caller)));
}

/** Throws UNAUTHENTICATED or FORBIDDEN unless the caller has one right of each. */
export function requireRights(demands: readonly AnyOf[], value: unknown, context: Pick<Context, 'caller'>): void {
  for (const anyOf of demands) if (!isAllowed(anyOf, value, context)) throw refusal(anyOf, context);
}

function holds(right: Right, value: unknown, caller: Caller): boolean {
  if (right === 'IDENTITY') return true;
  return right === 'OWNER' ? isOwner(value, caller) : caller.scopes.has(right as Scope);
}

function isOwner(value: unknown, { actorId }: Caller): boolean {
  const { id, createdById } = (value ?? {}) as { id?: unknown; createdById?: unknown };
  return id === actorId || createdById === actorId;
}

function refusal(anyOf: AnyOf, { caller }: Pick<Context, 'caller'>): Error {
  if (caller === null) return requestError('UNAUTHENTICATED', 'Sign in or send a token.');
  const scopes = anyOf.filter((right) => right !== 'OWNER');
  return requestError('FORBIDDEN', `This needs the right ${scopes.join(' or ')}.`);
}
