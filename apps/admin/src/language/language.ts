/** Languages that every word of the web app has. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language is called by those who speak it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** By which dates and figures are written in each language. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const KEY = 'sluice-language';

/**
 * The language that the person has chosen, else the first of the browser's that the app has, else English.
 *
 * @param chosen what was kept of an earlier choice
 * @param preferred the browser's languages, the most wanted first, such as `de-AT`
 */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [chosen ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]);
  return wanted.flatMap((tag) => LANGUAGES.filter((language) => language === tag))[0] ?? 'en';
}

/** Language of this page, the same for its whole life: a choice of another loads the page anew. */
export const language: Language = 'document' in globalThis ? languageFor(keptChoice(), navigator.languages) : 'en';

/** Locale of dates and figures of this page. */
export const locale: string = LOCALES[language];

/** Keeps the choice in this browser and loads the page in that language. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen);
  location.reload();
}

function keptChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing for this site.
    return null;
  }
}
