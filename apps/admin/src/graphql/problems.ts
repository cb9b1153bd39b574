import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { graphql, type FragmentOf } from '@sluice/client/graphql';
import { t } from './words.js';

/** What every payload tells about a refused request. */
export const ProblemFields = graphql(`
  fragment ProblemFields on UserError {
    __typename
    code
    message
    field
    isRetryable
    ... on VersionConflictError {
      lastChangedBy {
        displayName
      }
    }
  }
`);

export type Problem = FragmentOf<typeof ProblemFields>;

/** Whether somebody else has changed the object since it was read. */
export const isConflict = (problem: Problem): boolean => problem.code === 'VERSION_CONFLICT';

/** Name of the one who did so; null when unknown. */
export const lastChangedBy = (problem: Problem): string | null =>
  problem.__typename === 'VersionConflictError' ? (problem.lastChangedBy?.displayName ?? null) : null;

/** Path of the argument as a form names its fields: `["input", "settings", "procore"]` is `settings.procore`. */
export function fieldPath(problem: Pick<Problem, 'field'>): string | null {
  const path = problem.field ?? [];
  const inner = path[0] === 'input' ? path.slice(1) : path;
  return inner.length === 0 ? null : inner.join('.');
}

/** Messages by field for those fields that the form has; all others stay general. */
export function sortProblems(
  problems: readonly Pick<Problem, 'field' | 'message'>[],
  known: (path: string) => boolean,
): { byField: Record<string, string>; general: string[] } {
  const byField: Record<string, string> = {};
  const general: string[] = [];
  for (const problem of problems) {
    const path = fieldPath(problem);
    const match = path === null ? null : nearestKnown(path, known);
    if (match === null) general.push(problem.message);
    else byField[match] = byField[match] === undefined ? problem.message : `${byField[match]} ${problem.message}`;
  }
  return { byField, general };
}

/** A problem inside a field that the form shows as one belongs to that field. */
function nearestKnown(path: string, known: (path: string) => boolean): string | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const candidate = parts.slice(0, length).join('.');
    if (known(candidate)) return candidate;
  }
  return null;
}

/** Whether the server has answered, and not as it should; everything else never reached it, or is a fault of the page. */
export const isAnswer = (error: unknown): boolean => CombinedGraphQLErrors.is(error) || ServerError.is(error);

/** A sentence for people about a failed request. */
export function failureSentence(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    return t.known('code', codeOf(first?.extensions) ?? '') ?? (first?.message || t('refused'));
  }
  if (!ServerError.is(error)) return t('unreachable');
  return error.statusCode === 401 ? t('code.UNAUTHENTICATED') : t('status', { status: error.statusCode });
}

/** Whether the server no longer knows who is asking. */
export function isSignedOut(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  return CombinedGraphQLErrors.is(error) && error.errors.some((one) => codeOf(one.extensions) === 'UNAUTHENTICATED');
}

export function codeOf(extensions: unknown): string | null {
  const code = (extensions as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : null;
}
