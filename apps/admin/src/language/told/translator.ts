import { isSaid } from './names.js';
import { ofBothSides } from './sides.js';
import { choiceAt, filled, templateOf, valuesIn, type Template } from './template.js';

/** Texts of the server by their English. */
export type Texts = Readonly<Record<string, string>>;

/** What one package of the server says, in another language. */
export interface Told {
  /** Whole sentences. */
  readonly sentences: Texts;
  /** Words and pieces that stand as a value in sentences, or alone as a label. */
  readonly fragments: Texts;
}

interface Dictionary {
  exact: ReadonlyMap<string, string>;
  /** By the letters of their beginning, the one that says most first; those that begin with a value are below ''. */
  templates: ReadonlyMap<string, readonly Template[]>;
}

/** The looking up of one text, with what was found out about its parts. */
interface Search extends Dictionary {
  /** Whether a part that is not known makes the text unknown, instead of staying as it is. */
  isStrict: boolean;
  found: Map<string, string | null>;
}

/** Texts that are kept once they are translated: more than a page shows. */
const KEPT = 2_000;
/** Longer texts are none of the server's sentences. */
const MAX_LENGTH = 4_000;
/** Sentences of one text that are looked at together. */
const MAX_SENTENCES = 12;
/** Signs of a text that is a label with a figure, of a value that is a list, and of two values side by side. */
const MAX_LABEL = 60;
const MAX_LIST = 200;
const MAX_PIECES = 200;
const HEAD_LETTERS = 3;

const SENTENCE_END = /[.!?][”")]? (?=[\p{Lu}\d“"(*])/gu;
/** Where the second of two values can begin. */
const PIECE = /(?<=\S)[ ,:]/gu;
const WORD = /\p{L}{2}/u;
/** A code, a path, an extension or an address, which is the same in every language. */
const CODE = /^([A-Z][A-Z_]+|\/.*|\.\S+|\w+:\/\/\S+)$/;
/** An argument of a request by its path, before what is wrong with it. */
const ARGUMENT = /^[a-z]\w*(\.\w+)* /;

/**
 * Translates texts of the server by the templates that they were made of. What is not known stays as it is; a text of several
 * sentences is translated sentence by sentence.
 */
export function translatorOf(told: readonly Told[]): (text: string) => string {
  const translated = lookUp(dictionaryOf(told), false);
  return (text) => translated(text) ?? text;
}

/** As `translatorOf`, for a part of what the server says: null for a text of which anything may stand in another part. */
export function strictTranslatorOf(told: readonly Told[]): (text: string) => string | null {
  const translated = lookUp(dictionaryOf(told), true);
  return (text) => translated(text) ?? (isSameEverywhere(text) ? text : null);
}

/** Looks texts up, and keeps what it found; a name or what is too long for a sentence is itself. */
function lookUp(dictionary: Dictionary, isStrict: boolean): (text: string) => string | null {
  const kept = new Map<string, string | null>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= KEPT) kept.clear();
    const isLooked = text.length <= MAX_LENGTH && isSaid(text);
    const translated = isLooked ? translate({ ...dictionary, isStrict, found: new Map() }, text, false) : text;
    kept.set(text, translated);
    return translated;
  };
}

/** Without a word, or a code or path. */
const isSameEverywhere = (text: string) => !WORD.test(text) || CODE.test(text);

function dictionaryOf(told: readonly Told[]): Dictionary {
  const exact = new Map<string, string>();
  const templates = new Map<string, Template[]>();
  const entries = told.flatMap(({ sentences, fragments }) => Object.entries({ ...fragments, ...sentences }));
  for (const [english, translation] of ofBothSides(entries)) {
    const template = templateOf(english.trim(), translation);
    if (template === null) exact.set(english.trim(), translation);
    else listAt(templates, headOf(template.literals[0] ?? '')).push(template);
  }
  for (const each of templates.values()) each.sort((one, other) => other.weight - one.weight);
  return { exact, templates };
}

const headOf = (text: string) => (text.length < HEAD_LETTERS ? '' : text.slice(0, HEAD_LETTERS));

function listAt(lists: Map<string, Template[]>, key: string): Template[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/**
 * The translation of a text; null when nothing of it is known.
 *
 * @param isValue whether it stands as a value in a sentence that is known
 */
function translate(search: Search, text: string, isValue: boolean): string | null {
  const bare = text.trim();
  const key = `${isValue} ${bare}`;
  const known = search.found.get(key);
  const translated = known === undefined ? translatedAnew(search, bare, isValue) : known;
  search.found.set(key, translated);
  return translated === null ? null : text.replace(bare, () => translated);
}

const translatedAnew = (search: Search, text: string, isValue: boolean): string | null =>
  whole(search, text, isValue) ??
  (isValue ? null : ofArgument(search, text)) ??
  bySentence(search, text, isValue) ??
  (isValue ? inTwoPieces(search, text) : null);

/** A list, or a figure with its unit: nearly any text with a comma looks like one. */
const isList = ({ isVague, literals }: Template) => isVague && literals[0] === '';

function whole(search: Search, text: string, isValue: boolean): string | null {
  const exact = search.exact.get(text);
  if (exact !== undefined) return exact;
  const heads = [...new Set([headOf(text), ''])];
  for (const template of heads.flatMap((head) => search.templates.get(head) ?? [])) {
    const isTooLong = isList(template) && text.length > (isValue ? MAX_LIST : MAX_LABEL);
    const values = isTooLong ? null : valuesIn(text, template);
    const translated = values && withValues(search, template, values);
    if (translated !== null) return translated;
  }
  return null;
}

/** The translation of a text with these values; null when the text may well be another one that only looks like it. */
function withValues(search: Search, template: Template, english: readonly string[]): string | null {
  const { translation, isQuoted, isVague } = template;
  const known = english.map((value, index) => (isQuoted[index] ? value : translate(search, value, true)));
  const isKnown = (value: string, index: number) => {
    const choice = choiceAt(translation, index, value.trim());
    if (choice !== null) return choice !== 'NONE';
    return known[index] !== null || isSameEverywhere(value);
  };
  if ((isVague || search.isStrict) && !english.every(isKnown)) return null;
  const values = known.map((value, index) => value ?? english[index] ?? '');
  return filled(
    translation,
    values,
    english.map((value) => value.trim()),
  );
}

/** As many sentences together as are known, then the ones behind them. */
function bySentence(search: Search, text: string, isValue: boolean): string | null {
  const ends = [...text.matchAll(SENTENCE_END)].slice(0, MAX_SENTENCES).map(({ index, 0: end }) => index + end.length);
  for (const end of [text.length, ...[...ends].reverse()]) {
    const first = text.slice(0, end).trimEnd();
    const translated = (end < text.length && whole(search, first, isValue)) || withPoint(search, first);
    if (translated !== null) return joined(translated, text.slice(end), search);
  }
  const [end] = ends;
  const behind = end === undefined || search.isStrict ? null : translate(search, text.slice(end), false);
  return behind === null ? null : text.slice(0, end) + behind;
}

function joined(first: string, rest: string, search: Search): string | null {
  if (rest === '') return first;
  const behind = translate(search, rest, false) ?? unlessStrict(search, rest);
  return behind === null ? null : `${first} ${behind}`;
}

/** A part that is not known as it is, where it may be. */
const unlessStrict = ({ isStrict }: Search, text: string) => (isStrict && !isSameEverywhere(text) ? null : text);

/** Two values that stand side by side, the second of which is known. */
function inTwoPieces(search: Search, text: string): string | null {
  if (text.length > MAX_PIECES) return null;
  for (const { index } of text.matchAll(PIECE)) {
    const [first, second] = [text.slice(0, index), text.slice(index)];
    const translated = whole(search, second.trimStart(), true);
    const gap = second.startsWith(' ') ? ' ' : '';
    const before = translated === null ? null : (whole(search, first, true) ?? unlessStrict(search, first));
    if (before !== null) return before + gap + (translated ?? '');
  }
  return null;
}

/** What is wrong with an argument, behind its path. */
function ofArgument(search: Search, text: string): string | null {
  const argument = ARGUMENT.exec(text)?.[0];
  const problem = argument === undefined ? null : whole(search, text.slice(argument.length), true);
  return argument === undefined || problem === null ? null : argument + problem;
}

/** A label or word that is told as a sentence. */
function withPoint({ exact }: Search, text: string): string | null {
  const word = text.endsWith('.') ? exact.get(text.slice(0, -1)) : undefined;
  return word === undefined ? null : `${word}.`;
}
