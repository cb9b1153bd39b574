/** An English text with values, and what it is in another language. */
export interface Template {
  /** What stands beside its values: before the first, between them, behind the last. */
  literals: readonly string[];
  translation: string;
  /** The longest of these, by which most other texts are told from it at once. */
  mark: string;
  /** Signs beside its values. */
  weight: number;
  /** So little stands beside its values that other texts may look like it. */
  isVague: boolean;
  /** For each value, whether it is a name or path in quotation marks, which is never translated. */
  isQuoted: readonly boolean[];
  /** Made when a text is asked about that begins and ends like it. */
  pattern: RegExp | null;
}

/** Signs side by side that make a template certain. */
const CERTAIN = 8;

const VALUE = /\{\d+\}/;
const PLACE = /\{(\d+)((?: [^\s{}]+\{[^{}]*\})*)\}/g;
const CHOICE = /([^\s{}]+)\{([^{}]*)\}/g;

/** The template of a text with `{1}`, `{2}`, … in the places of its values; null for one that has none. */
export function templateOf(english: string, translation: string): Template | null {
  if (!VALUE.test(english)) return null;
  const literals = english.split(VALUE);
  const mark = literals.reduce((longest, each) => (each.length > longest.length ? each : longest));
  return {
    ...{ literals, mark, translation, pattern: null },
    weight: literals.join('').length,
    isVague: mark.length < CERTAIN,
    isQuoted: literals.slice(1).map((after, index) => quoteAround(literals[index] ?? '', after) !== null),
  };
}

/** The quotation mark that ends a value between these texts; null where none stands around it. */
function quoteAround(before: string, after: string): '”' | '"' | null {
  if (/“\/?$/.test(before) && after.startsWith('”')) return '”';
  return /"\/?$/.test(before) && after.startsWith('"') ? '"' : null;
}

/** The values of a text that was made of the template; null for another text. */
export function valuesIn(text: string, template: Template): string[] | null {
  const { literals, mark } = template;
  const isLike = text.includes(mark) && text.startsWith(literals[0] ?? '') && text.endsWith(literals.at(-1) ?? '');
  if (!isLike) return null;
  template.pattern ??= patternOf(literals);
  return template.pattern.exec(text)?.slice(1) ?? null;
}

const patternOf = (literals: readonly string[]): RegExp =>
  new RegExp(`^${literals.map((literal, index) => escaped(literal) + groupAfter(literals, index)).join('')}$`, 'su');

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What a value can be behind the literal of this index: whole sentences only where it stands as such. */
function groupAfter(literals: readonly string[], index: number): string {
  const [before, after] = [literals[index] ?? '', literals[index + 1]];
  if (after === undefined) return '';
  const quote = quoteAround(before, after);
  if (quote !== null) return quote === '"' ? '([^"]*)' : '([^“”]*)';
  const isSentence = /^ \p{Lu}/u.test(after) || (after === '' && index === literals.length - 2);
  return isSentence ? '(.*?)' : '((?:(?![.!?] [\\p{Lu}“"]).)*?)';
}

/**
 * A translation with its values. `{1}` is the value, `{1 file{die Datei} other{#}}` chooses by the English value and puts the value
 * in the place of `#`; without `other` a value that is not among the choices stands as it is.
 *
 * @param values as they are in the other language
 * @param english the same values as the server told them
 */
export function filled(translation: string, values: readonly string[], english: readonly string[]): string {
  return translation.replace(PLACE, (_, place: string, choices: string) => {
    const index = Number(place) - 1;
    const value = values[index] ?? '';
    return choices === '' ? value : chosen(choices, english[index] ?? '').replace('#', () => value);
  });
}

/** Whether the translation chooses by the English value at this index, and has a choice for it; null where it does not choose. */
export function choiceAt(translation: string, index: number, english: string): 'ONE' | 'NONE' | null {
  const choices = [...translation.matchAll(PLACE)]
    .filter(([, place, texts]) => Number(place) === index + 1 && texts !== '')
    .map(([, , texts = '']) => choicesOf(texts));
  if (choices.length === 0) return null;
  return choices.some((texts) => texts.has(english))
    ? 'ONE'
    : choices.some((texts) => texts.has('other'))
      ? null
      : 'NONE';
}

const choicesOf = (choices: string) =>
  new Map([...choices.matchAll(CHOICE)].map(([, value = '', text = '']) => [value, text]));

function chosen(choices: string, english: string): string {
  const texts = choicesOf(choices);
  return texts.get(english) ?? texts.get('other') ?? '#';
}
