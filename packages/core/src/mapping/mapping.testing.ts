import type { DirectoryEntry, FieldType } from '../platform/index.js';
import type { MappableItem } from './item-values.js';
import type { Directories } from './mapping.js';
import type { MappingSet, MetadataRule, ValueOrigin } from './mapping-set.js';

/** A set that does nothing but what a test adds. */
export const aSet = (fields: Partial<MappingSet> & Pick<MappingSet, 'kind'>): MappingSet => ({
  id: 'set',
  name: 'Set',
  automaticMatches: [],
  exclusions: [],
  unmapped: 'SKIP',
  defaultTarget: null,
  entries: [],
  metadataRules: [],
  ...fields,
});

export const aRule = (
  destinationField: string,
  origin: ValueOrigin,
  more: Partial<MetadataRule> = {},
): MetadataRule => ({ destinationField, origin, defaultValue: null, choices: [], isRequired: false, ...more });

export const from = (field: string): ValueOrigin => ({ kind: 'FIELD', field });

export const person = (key: string, label = key, email: string | null = null): DirectoryEntry => ({
  key,
  label,
  email,
  choices: [],
});

export const field = (key: string, type: FieldType = 'TEXT', more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  ...person(key),
  type,
  ...more,
});

export const directories = (of: Partial<Directories> = {}): Directories => ({
  ACCOUNT: null,
  GROUP: null,
  METADATA: null,
  TAG: null,
  ...of,
});

export const anItem = (more: Partial<MappableItem> = {}): MappableItem => ({
  kind: 'FILE',
  path: ['Drawings', 'A-101.pdf'],
  size: 1_234,
  createdAt: null,
  modifiedAt: new Date('2019-03-04T05:06:07.008Z'),
  description: null,
  isPrivate: null,
  ...more,
});
