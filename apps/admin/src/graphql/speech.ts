import { ApolloLink } from '@apollo/client';
import { mergeMap } from 'rxjs';
import { language } from '../language/language.js';

type Speech = Promise<typeof import('./sentences.js')>;

/** Says in the language of the page what the server tells in English; null where that is the language. */
export const speech: Speech | null = language === 'en' ? null : import('./sentences.js');

/** Puts answers into the language of the page before anything reads them; sentences that cannot be loaded stay English. */
export const inLanguage = (spoken = speech): ApolloLink =>
  new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      mergeMap(async (answer) => {
        await spoken?.then(({ say }) => say(answer)).catch(() => undefined);
        return answer;
      }),
    ),
  );
