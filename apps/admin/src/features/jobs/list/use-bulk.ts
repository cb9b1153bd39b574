import { useState } from 'react';
import { actOnAll, actOnServer, type BulkAction, type BulkResult, type NamedJob } from './bulk.js';
import { t } from './words.js';

/** An action on several jobs that goes on, and what came of the last one. */
export function useBulk(onDone: () => void) {
  const [done, setDone] = useState<number | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const act = async (action: BulkAction, jobs: readonly NamedJob[]) => {
    setResult(null);
    setDone(0);
    try {
      setResult(await actOnAll(action, jobs, actOnServer, t('noAnswer'), setDone));
    } finally {
      setDone(null);
    }
    onDone();
  };
  return { act, done, result, dismiss: () => setResult(null) };
}
