import { ApolloLink } from '@apollo/client';
import { mergeMap } from 'rxjs';
import { language } from '../language/language.js';

/** Puts an answer, or an event, into the language of the page; null when that is done at once. */
export interface Sentences {
  say: (answer: object) => Promise<void> | null;
}
type Speech = Promise<Sentences>;

/** Says in the language of the page what the server tells in English; null where that is the language. */
export const speech: Speech | null = language === 'en' ? null : import('./sentences.js');

/** Puts answers into the language of the page before anything reads them; sentences that cannot be loaded stay English. */
export const inLanguage = (spoken = speech): ApolloLink =>
  new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      mergeMap(async (answer) => {
        const sentences = await spoken?.catch(() => null);
        await sentences?.say(answer);
        return answer;
      }),
    ),
  );
