import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { failureSentence, ProblemFields } from '../../graphql/problems.js';
import { t } from './words.js';

const OAuthFlowStart = graphql(
  `
    mutation OAuthFlowStart($connectionId: ID!, $copyCode: Boolean!) {
      oauthFlowStart(connectionId: $connectionId, returnTo: null, copyCode: $copyCode) {
        flow {
          id
          authorizationUrl
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

const OAuthFlowComplete = graphql(
  `
    mutation OAuthFlowComplete($id: ID!, $code: String!) {
      oauthFlowComplete(id: $id, code: $code) {
        flow {
          id
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

/** Finishes a sign-in with the code that the platform showed; gives what is wrong, null when it was taken. */
export async function completeSignIn(flowId: string, code: string): Promise<string | null> {
  try {
    const { data } = await client.mutate({ mutation: OAuthFlowComplete, variables: { id: flowId, code } });
    return data?.oauthFlowComplete?.userErrors[0]?.message ?? null;
  } catch (error) {
    return failureSentence(error);
  }
}

const OAuthFlowState = graphql(`
  query OAuthFlowState($id: ID!) {
    node(id: $id) {
      __typename
      ... on OAuthFlow {
        id
        state
        failure {
          message
        }
      }
    }
  }
`);

const POLL_MS = 1000;

/** Stage of a sign-in at a platform, as this page sees it. */
export type SignInStage =
  | { kind: 'idle' }
  | { kind: 'starting' }
  /** `url` is given when the browser blocked the window, `codeFor` is the sign-in whose code the person copies. */
  | { kind: 'waiting'; isWindowClosed: boolean; url: string | null; codeFor: string | null }
  | { kind: 'failed'; message: string };

/**
 * Signs a connection in through a window of the platform. `start` has to be called directly in the click, so that the
 * browser allows the window; `prepare` gives the connection, null when it could not be saved.
 */
export function usePlatformSignIn(onCompleted: (connectionId: string) => void): {
  stage: SignInStage;
  start: (prepare: () => Promise<string | null>, copyCode?: boolean) => void;
  reset: () => void;
} {
  const [stage, setStage] = useState<SignInStage>({ kind: 'idle' });
  const attempt = useRef(0);
  const completed = useRef(onCompleted);
  useEffect(() => {
    completed.current = onCompleted;
  });
  useEffect(
    () => () => {
      attempt.current = -1;
    },
    [],
  );
  const start = useCallback((prepare: () => Promise<string | null>, copyCode = false) => {
    attempt.current = Math.max(0, attempt.current) + 1;
    const mine = attempt.current;
    const isCurrent = () => attempt.current === mine;
    setStage({ kind: 'starting' });
    const popup = window.open('about:blank', 'sluice-sign-in', 'popup,width=560,height=720');
    void signIn({ prepare, copyCode }, popup, isCurrent, setStage).then((connectionId) => {
      if (connectionId !== null && isCurrent()) completed.current(connectionId);
    });
  }, []);
  const reset = useCallback(() => {
    attempt.current = Math.max(0, attempt.current) + 1;
    setStage({ kind: 'idle' });
  }, []);
  return { stage, start, reset };
}

/** Returns the connection once it is signed in, null when it is not. */
async function signIn(
  { prepare, copyCode }: { prepare: () => Promise<string | null>; copyCode: boolean },
  popup: Window | null,
  isCurrent: () => boolean,
  show: (stage: SignInStage) => void,
): Promise<string | null> {
  const fail = (message: string) => {
    popup?.close();
    if (isCurrent()) show({ kind: 'failed', message });
    return null;
  };
  try {
    const connectionId = await prepare();
    if (connectionId === null) {
      popup?.close();
      if (isCurrent()) show({ kind: 'idle' });
      return null;
    }
    const { data } = await client.mutate({ mutation: OAuthFlowStart, variables: { connectionId, copyCode } });
    const flow = data?.oauthFlowStart?.flow;
    if (!flow?.authorizationUrl) return fail(data?.oauthFlowStart?.userErrors[0]?.message ?? t('notStarted'));
    if (popup) popup.location.href = flow.authorizationUrl;
    const url = popup ? null : flow.authorizationUrl;
    const ending = await pollFlow(flow.id, isCurrent, () =>
      show({ kind: 'waiting', isWindowClosed: popup?.closed ?? false, url, codeFor: copyCode ? flow.id : null }),
    );
    if (ending.state !== 'COMPLETED') return fail(sentenceOf(ending));
    popup?.close();
    if (isCurrent()) show({ kind: 'idle' });
    return connectionId;
  } catch (error) {
    return fail(failureSentence(error));
  }
}

interface Ending {
  state: string;
  message: string | null;
}

/** What to do next; of a sign-in that failed the platform knows more than this page. */
function sentenceOf({ state, message }: Ending): string {
  const word = t.known('ending', state) ?? t('endedWithout');
  return state === 'FAILED' ? (message ?? word) : word;
}

/** Asks every second, and at once when the person comes back to this window, until the flow has ended. */
async function pollFlow(id: string, isCurrent: () => boolean, onPending: () => void): Promise<Ending> {
  let lost = 0;
  while (isCurrent()) {
    onPending();
    await nextLook();
    const answer = await client
      .query({ query: OAuthFlowState, variables: { id }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    lost = answer ? 0 : lost + 1;
    if (lost > 30) return { state: 'FAILED', message: t('unreachable') };
    const flow = answer?.data?.node;
    if (flow?.__typename !== 'OAuthFlow') continue;
    if (flow.state !== 'PENDING') return { state: flow.state, message: flow.failure?.message ?? null };
  }
  return { state: 'EXPIRED', message: null };
}

function nextLook(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('focus', end);
      resolve();
    };
    const timer = setTimeout(end, POLL_MS);
    window.addEventListener('focus', end);
  });
}
