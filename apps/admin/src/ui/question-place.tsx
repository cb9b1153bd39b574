import { useRouter } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore, type JSX } from 'react';
import { questions } from './confirm.js';
import { lazily } from './lazily.js';

const load = async () => (await import('./questions.js')).Questions;
const Questions = lazily(load);

/** Loads what shows questions, so that the first one is there at once, and without the server as well. */
export const loadQuestions = (): void => void load().catch(() => undefined);

/** Where questions appear, from the first one on. */
export function QuestionPlace(): JSX.Element | null {
  const hasAny = useSyncExternalStore(questions.subscribe, () => questions.hasAny);
  const router = useRouter();
  useEffect(() => router.subscribe('onBeforeNavigate', ({ pathChanged }) => pathChanged && questions.drop()), [router]);
  return hasAny ? <Questions /> : null;
}
