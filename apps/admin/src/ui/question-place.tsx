import { useRouter } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore, type JSX } from 'react';
import { questions } from './confirm.js';
import { ahead, lazily } from './lazily.js';

const load = async () => (await import('./questions.js')).Questions;
const Questions = lazily(load);

/** Loads what shows questions, so that the first one is there at once. */
export const loadQuestions = ahead(load);

/** Where questions appear, from the first one on. */
export function QuestionPlace(): JSX.Element | null {
  const hasAny = useSyncExternalStore(questions.subscribe, () => questions.hasAny);
  const router = useRouter();
  useEffect(() => router.subscribe('onBeforeNavigate', ({ pathChanged }) => pathChanged && questions.drop()), [router]);
  return hasAny ? <Questions /> : null;
}
