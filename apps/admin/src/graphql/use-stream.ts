import type { TypedDocumentNode } from '@apollo/client';
import { useEffect, useRef, useState } from 'react';
import { followStream, socket, type StreamState } from './stream.js';

/** Follows a stream while the component is shown and `variables` is not null. */
export function useStream<Data, Variables extends { after?: string | null }>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
  onMessage: (data: Data) => string | null,
  onReset: () => void = () => undefined,
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef({ onMessage, onReset });
  useEffect(() => {
    latest.current = { onMessage, onReset };
  });
  const key = variables === null ? null : JSON.stringify(variables);
  useEffect(() => {
    if (key === null) return undefined;
    return followStream(socket(), document, JSON.parse(key) as Variables, {
      onMessage: (data) => latest.current.onMessage(data),
      onReset: () => latest.current.onReset(),
      onState: setState,
    });
  }, [document, key]);
  return state;
}
