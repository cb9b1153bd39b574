import { graphql, type EnumOf } from '@sluice/client/graphql';
import { useCallback, useEffect, useRef } from 'react';
import { useStream } from './use-stream.js';

const ChangesStream = graphql(`
  subscription Changes($topics: [EventTopic!], $after: String) {
    changes(topics: $topics, after: $after) {
      cursor
    }
  }
`);

/** Long enough for the changes that belong together, such as the stages of a run that has nothing to do. */
const SETTLE_MS = 500;

/** Calls once for many calls in a row, `settle` ms after the first of them. */
export function useSoon(read: () => unknown, settle = SETTLE_MS): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void latest.current();
    }, settle);
  }, [settle]);
}

/** Reads what is shown again, `settle` ms after something of these topics has changed. */
export function useChanges(topics: readonly EnumOf<'EventTopic'>[], read: () => unknown, settle = SETTLE_MS): void {
  const soon = useSoon(read, settle);
  useStream(
    ChangesStream,
    { topics: [...topics], after: null },
    ({ changes }) => {
      soon();
      return changes?.cursor ?? null;
    },
    soon,
  );
}
