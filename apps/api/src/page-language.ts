/** Languages of the pages that the server itself shows to people, such as at the end of a sign-in at a platform. */
export const PAGE_LANGUAGES = ['en', 'de'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

interface Wanted {
  language: string;
  quality: number;
}

/**
 * The language that a browser asks for most and the pages have; English where it asks for none of them.
 *
 * @param header `Accept-Language`, such as `de-AT,de;q=0.9,en;q=0.8`
 */
export function pageLanguageOf(header: string | undefined): PageLanguage {
  const wanted = (header ?? '').toLowerCase().split(',').map(wantedOf);
  const best = wanted.filter(({ quality }) => quality > 0).toSorted((one, other) => other.quality - one.quality);
  return best.flatMap(({ language }) => PAGE_LANGUAGES.filter((known) => known === language))[0] ?? 'en';
}

function wantedOf(part: string): Wanted {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  return { language: tag.split('-')[0] ?? '', quality: given === undefined ? 1 : Number(given.slice(2)) };
}
