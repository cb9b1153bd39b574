import { toldIn } from './told.js';

type Answer = Parameters<typeof toldIn>[0];

let translate: ((text: string) => string) | null = null;

/** Loads the sentences of the page's language. */
export async function load(): Promise<void> {
  translate ??= (await import('../language/told/german.js')).translate;
}

/** Puts what an answer says into the language of the page, in the answer itself; once the sentences are loaded. */
export function sayAtOnce(answer: Answer): void {
  if (translate) for (const { holder, field, text } of toldIn(answer)) holder[field] = translate(text);
}

/** The same, and loads the sentences when the answer says anything. */
export async function say(answer: Answer): Promise<void> {
  if (toldIn(answer).length === 0) return;
  await load();
  sayAtOnce(answer);
}
