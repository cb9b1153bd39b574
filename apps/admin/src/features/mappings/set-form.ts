import type { EnumOf, VariablesOf } from '@sluice/client/graphql';
import { formatCount } from '../../ui/format.js';
import { differencesOf, type ConflictRow, type ToldField } from '../../ui/merge.js';
import type { SetUpdate } from './changes.js';
import type { FullSet, MappingSet, Match } from './data.js';
import { t } from './words.js';

type SetInput = VariablesOf<typeof SetUpdate>['input'];
export const MAX_EXCLUSIONS = 1_000;

/** What can be said of a set beside its entries and rules, as a form holds it. */
export interface SetValues extends Record<string, unknown> {
  name: string;
  unmapped: EnumOf<'UnmappedPolicy'>;
  defaultTarget: string;
  automaticMatches: Match[];
  /** One name a line. */
  exclusions: string;
}

export const NEW_SET: SetValues = {
  name: '',
  unmapped: 'SKIP',
  defaultTarget: '',
  automaticMatches: [],
  exclusions: '',
};

export const setValues = (set: MappingSet): SetValues => ({
  name: set.name,
  unmapped: set.unmapped,
  defaultTarget: set.defaultTarget ?? '',
  automaticMatches: [...set.automaticMatches],
  exclusions: set.exclusions.join('\n'),
});

const matchWords = (matches: readonly Match[]) => matches.map((match) => t.known('match', match) ?? match).join(', ');

/** The fields in words. */
export const setTold = (): ToldField<SetValues>[] => [
  { label: t('name'), text: ({ name }) => name },
  { label: t('matches'), text: ({ automaticMatches }) => matchWords(automaticMatches) },
  { label: t('unmappedName'), text: ({ unmapped }) => t(`unmapped.${unmapped}`) },
  { label: t('defaultTarget'), text: ({ defaultTarget }) => defaultTarget },
  { label: t('exclusions'), text: ({ exclusions }) => namesIn(exclusions).join(', ') },
];

/** Where a set is other than a page has read it: its fields, and how many rules it has. */
export const changesOf = (before: FullSet, now: FullSet): ConflictRow[] => {
  const told: ToldField<FullSet>[] = [
    ...setTold().map(({ label, text }) => ({ label, text: (set: FullSet) => text(setValues(set)) })),
    { label: t('rules'), text: (set) => formatCount(set.metadataRules.length) },
  ];
  return differencesOf(before, now, told, { none: t('nothing'), yes: '', no: '' });
};

export const setInput = ({ name, unmapped, defaultTarget, automaticMatches, exclusions }: SetValues): SetInput => ({
  name: name.trim(),
  unmapped,
  defaultTarget: unmapped === 'USE_DEFAULT' ? defaultTarget : null,
  automaticMatches,
  exclusions: namesIn(exclusions),
});

/** The names of a text with one a line; empty lines and repetitions are none. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export const setChecks = {
  name: (name: string) => (name.trim() === '' ? t('giveName') : null),
  defaultTarget: (target: string, { unmapped }: SetValues) =>
    unmapped === 'USE_DEFAULT' && target.trim() === '' ? t('giveDefault') : null,
  exclusions: (text: string) => (namesIn(text).length > MAX_EXCLUSIONS ? t('tooManyExclusions') : null),
};

/** Matches of a set after one of them was chosen or left out; a new one comes last. */
export const toggled = (matches: readonly Match[], match: Match): Match[] =>
  matches.includes(match) ? matches.filter((one) => one !== match) : [...matches, match];
