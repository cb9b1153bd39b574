/*
 * The room of the languages: each room that shows words has them in `words.en.ts` and `words.de.ts`, and a `words.ts` that makes
 * its catalogue of both. Only the words of the page's language are loaded, and with the room that shows them.
 */
import { createInstance } from 'i18next';
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
  /** Loads the words; to be awaited before anything of the room is shown. */
  load(): Promise<void>;
}

type Loaders<W> = Record<'en', () => Promise<{ words: W }>> &
  Record<Exclude<Language, 'en'>, () => Promise<{ words: SameKeys<W> }>>;

const i18n = createInstance();
await i18n.init({
  lng: language,
  supportedLngs: [language],
  resources: {},
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/**
 * Makes the catalogue of a room.
 *
 * @param room the folder whose words these are
 * @param loaders one module for each language, each exporting `words`
 */
export function catalogueOf<const W extends Words>(room: string, loaders: Loaders<W>): Catalogue<W> {
  const say = (key: string, ...[values]: readonly { readonly [name: string]: string | number }[]) =>
    i18n.t(key, { ...values, ns: room, lng: language, formatParams: { count: { locale } } });
  const known = (group: string, value: string) =>
    i18n.exists(`${group}.${value}`, { ns: room }) ? say(`${group}.${value}`) : undefined;
  const load = async () => {
    if (!i18n.hasResourceBundle(language, room)) {
      i18n.addResourceBundle(language, room, (await loaders[language]()).words);
    }
  };
  return Object.assign(say, { known, load });
}
