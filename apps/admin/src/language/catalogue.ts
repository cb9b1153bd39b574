/*
 * The room of the languages: each room that shows words has them in `words.en.ts` and `words.de.ts`, and a `words.ts` that makes
 * its catalogue of both. Only the words of the page's language are loaded, and with the room that shows them.
 */
import { language, locale, type Language } from './language.js';
import type { KeyOf, NamesIn, SameKeys, Words } from './words.js';

type Values<Names extends string> = [Names] extends [never]
  ? []
  : [values: { readonly [Name in Names]: Name extends 'count' ? number : string | number }];

/** Says the words of one room in the page's language, once they are loaded. */
export interface Catalogue<W> {
  /** The sentence of this key, with its values put in. */
  <K extends KeyOf<W>>(key: K, ...values: Values<NamesIn<W, K>>): string;
  /** The word for a value of an enum below `group`; undefined for a value that only a newer server knows. */
  known(group: keyof W & string, value: string): string | undefined;
  /** The values of an enum that have a word below `group`; none before the words are loaded. */
  valuesOf(group: keyof W & string): string[];
  /** Loads the words; to be awaited before anything of the room is shown. */
  load(): Promise<void>;
}

type Loaders<W> = Record<'en', () => Promise<{ words: W }>> &
  Record<Exclude<Language, 'en'>, () => Promise<{ words: SameKeys<W> }>>;

const forms = new Intl.PluralRules(locale);
const figures = new Intl.NumberFormat(locale);

/** What stands at a key such as `type.COPY`; undefined for what is no sentence. */
function at(words: Words | undefined, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<string | Words | undefined>(
      (inner, part) => (typeof inner === 'object' && Object.hasOwn(inner, part) ? inner[part] : undefined),
      words,
    );
  return typeof found === 'string' ? found : undefined;
}

/** A sentence with its values in the places of `{{name}}`, and with figures in those of `{{name, number}}`. */
const filled = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{\{(\w+)(, number)?\}\}/g, (_, name: string, isFigure?: string) =>
    isFigure === undefined ? String(values[name]) : figures.format(Number(values[name])),
  );

/**
 * Makes the catalogue of a room.
 *
 * @param room the folder whose words these are
 * @param loaders one module for each language, each exporting `words`
 */
export function catalogueOf<const W extends Words>(room: string, loaders: Loaders<W>): Catalogue<W> {
  let words: Words | undefined;
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}) => {
    const form = `${key}_${forms.select(Number(values.count))}`;
    return filled(
      (values.count === undefined ? undefined : at(words, form)) ?? at(words, key) ?? `${room}: ${key}`,
      values,
    );
  };
  const known = (group: string, value: string) => at(words, `${group}.${value}`);
  const valuesOf = (group: string) => {
    const below = words?.[group];
    return typeof below === 'object' ? Object.keys(below) : [];
  };
  const load = async () => {
    words ??= (await loaders[language]()).words as Words;
  };
  return Object.assign(say, { known, valuesOf, load });
}
