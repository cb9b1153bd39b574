import {
  AUTOMATIC_MATCHES,
  MAX_CHOICES_IN_ALL,
  MAX_EXCLUSIONS,
  MAX_METADATA_RULES,
  UNMAPPED_POLICIES,
  type MappingMatch,
  type UnmappedPolicy,
} from '@sluice/core/mapping';
import type { DirectoryKind, PlatformKind } from '@sluice/core/platform';
import { Authorized, Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { DirectoryEntryType, MappingKindEnum, RemoteEntry } from '../connections/remote.types.js';
import { Bounded } from '../graphql/bounds.js';
import { AtMost } from '../graphql/declarations.js';
import { enumType, PlatformKey } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';

export const MappingMatchEnum = enumType('MappingMatch', [
  'ENTRY',
  'EXCLUSION',
  ...AUTOMATIC_MATCHES,
  'DEFAULT',
  'NONE',
] as const satisfies MappingMatch[]);
export const UnmappedPolicyEnum = enumType('UnmappedPolicy', UNMAPPED_POLICIES);

/** Its value is a `MappingSetRow`. */
@Authorized('MAPPINGS_READ')
@ObjectType('MappingSet', { implements: Node })
export class MappingSetType extends Node {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  name!: string;

  @Field(() => MappingKindEnum)
  kind!: DirectoryKind;

  @Field(() => PlatformKey)
  sourcePlatform!: PlatformKind;

  @Field(() => PlatformKey)
  destinationPlatform!: PlatformKind;

  @Field(() => [MappingMatchEnum])
  automaticMatches!: MappingMatch[];

  @Field(() => [String])
  exclusions!: string[];

  @Field(() => UnmappedPolicyEnum)
  unmapped!: UnmappedPolicy;

  @Field(() => String, { nullable: true })
  defaultTarget!: string | null;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@Authorized('MAPPINGS_READ')
@ObjectType('MappingEntry', { implements: Node })
export class MappingEntryType extends Node {
  @Field(() => String)
  sourceKey!: string;

  @Field(() => String)
  destinationKey!: string;
}

export const MappingEntryPage = pageType(() => MappingEntryType, 'MappingEntry', ['MAPPINGS_READ'], {
  type: () => Int,
});

@Authorized('MAPPINGS_READ')
@ObjectType('ValueChoice')
export class ValueChoiceType {
  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

/** A rule alone may have more, all rules of a set together have no more than this in the mean. */
const MEAN_CHOICES = MAX_CHOICES_IN_ALL / MAX_METADATA_RULES;

@Authorized('MAPPINGS_READ')
@ObjectType('MetadataRule')
export class MetadataRuleType {
  @Field(() => String)
  destinationField!: string;

  @Field(() => String, { nullable: true })
  sourceField!: string | null;

  @Field(() => String, { nullable: true })
  fixedValue!: string | null;

  @Field(() => String, { nullable: true })
  template!: string | null;

  @Field(() => String, { nullable: true })
  defaultValue!: string | null;

  @AtMost(MEAN_CHOICES)
  @Field(() => [ValueChoiceType])
  choices!: readonly ValueChoiceType[];

  @Field(() => Boolean)
  isRequired!: boolean;
}

@Authorized('MAPPINGS_READ')
@ObjectType()
export class MappingPreviewRow {
  @Field(() => RemoteEntry)
  entry!: RemoteEntry;

  @Field(() => String, { nullable: true })
  destinationField!: string | null;

  @Field(() => String, { nullable: true })
  sourceValue!: string | null;

  @Field(() => String, { nullable: true })
  destinationValue!: string | null;

  @Field(() => MappingMatchEnum)
  match!: MappingMatch;

  @Field(() => String, { nullable: true })
  problem!: string | null;
}

@Authorized('MAPPINGS_READ')
@ObjectType()
export class MappingSuggestion {
  @Field(() => DirectoryEntryType)
  source!: DirectoryEntryType;

  @Field(() => DirectoryEntryType)
  destination!: DirectoryEntryType;

  @Field(() => MappingMatchEnum)
  match!: MappingMatch;

  @Field(() => Float)
  confidence!: number;
}

@Authorized('MAPPINGS_WRITE')
@ObjectType()
export class CsvRowError {
  @Field(() => Int)
  line!: number;

  @Field(() => String, { nullable: true })
  column!: string | null;

  @Field(() => String)
  message!: string;
}

/** Faulty rows that one answer tells. */
export const MAX_ROW_ERRORS = 200;

@Authorized('IDENTITY')
@ObjectType()
export class MappingSetPayload {
  @Authorized('IDENTITY')
  @Field(() => MappingSetType, { nullable: true })
  mappingSet!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Authorized('MAPPINGS_WRITE')
@ObjectType()
export class MappingImportPayload {
  @Authorized('IDENTITY')
  @Field(() => MappingSetType, { nullable: true })
  mappingSet!: object | null;

  @Field(() => Int)
  addedCount!: number;

  @Field(() => Int)
  replacedCount!: number;

  @Field(() => Int)
  deletedCount!: number;

  @Authorized('MAPPINGS_WRITE')
  @AtMost(MAX_ROW_ERRORS)
  @Field(() => [CsvRowError])
  rowErrors!: CsvRowError[];

  @Authorized('IDENTITY')
  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@OneOf()
@InputType()
export class MetadataValueInput {
  @Field(() => String, { nullable: true })
  sourceField?: string;

  @Field(() => String, { nullable: true })
  fixedValue?: string;

  @Field(() => String, { nullable: true })
  template?: string;
}

@InputType()
export class ValueChoiceInput {
  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

@InputType()
export class MetadataRuleInput {
  @Field(() => String)
  destinationField!: string;

  @Field(() => MetadataValueInput)
  value!: MetadataValueInput;

  @Field(() => String, { nullable: true })
  defaultValue?: string | null;

  @Field(() => [ValueChoiceInput], { nullable: true })
  choices?: ValueChoiceInput[] | null;

  @Field(() => Boolean, { defaultValue: false })
  isRequired!: boolean;
}

@InputType()
export class MappingSetInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [MappingMatchEnum], { nullable: true })
  automaticMatches?: MappingMatch[] | null;

  @Bounded({ maxEntries: MAX_EXCLUSIONS })
  @Field(() => [String], { nullable: true })
  exclusions?: string[] | null;

  @Field(() => UnmappedPolicyEnum, { nullable: true })
  unmapped?: UnmappedPolicy | null;

  @Field(() => String, { nullable: true })
  defaultTarget?: string | null;

  @Field(() => [MetadataRuleInput], { nullable: true })
  metadataRules?: MetadataRuleInput[] | null;
}

@InputType()
export class MappingEntryInput {
  @Field(() => String)
  sourceKey!: string;

  @Field(() => String)
  destinationKey!: string;
}
