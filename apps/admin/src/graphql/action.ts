import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { toastProblems } from '../ui/toast.js';
import { failureSentence, isSignedOut } from './problems.js';

/** Shows that a request failed for a reason that no form field explains. */
export function announceFailure(error: unknown): void {
  if (isSignedOut(error)) return;
  toastProblems([{ message: failureSentence(error) }]);
}

/** A mutation whose top-level errors are announced; it then returns null. */
export function useAction<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
): [(variables: Variables) => Promise<Data | null>, boolean] {
  const [mutate, { loading }] = useMutation<Data, OperationVariables>(document);
  const act = async (variables: Variables): Promise<Data | null> => {
    try {
      const { data } = await mutate({ variables });
      return data ?? null;
    } catch (error) {
      announceFailure(error);
      return null;
    }
  };
  return [act, loading];
}

/** A new idempotency key. Works on plain http too, where `crypto.randomUUID` does not exist. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
