import { Authorized, Field, ID, InputType, ObjectType } from 'type-graphql';
import { DIRECTORY_KINDS } from '@sluice/core/platform';
import { Bounded, PATH } from '../graphql/bounds.js';
import { enumType, ItemKindType } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime, SafeInt } from '../graphql/scalars.js';

export const MappingKindEnum = enumType('MappingKind', DIRECTORY_KINDS);

@OneOf()
@InputType()
export class AddressInput {
  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  path?: string;

  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  remoteId?: string;
}

@InputType()
export class LocationInput {
  @Field(() => ID)
  connectionId!: string;

  @Field(() => AddressInput, { nullable: true })
  at?: AddressInput | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class RemoteScope {
  @Field(() => String)
  remoteId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  detail!: string | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class RemoteEntry {
  @Field(() => String)
  remoteId!: string;

  @Field(() => ItemKindType)
  kind!: keyof typeof ItemKindType;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  path!: string;

  @Field(() => SafeInt, { nullable: true })
  byteSize!: number | null;

  @Field(() => DateTime, { nullable: true })
  modifiedAt!: Date | null;
}

export const RemoteEntryConnection = pageType(() => RemoteEntry, 'RemoteEntry', ['CONNECTIONS_READ']);

@Authorized('CONNECTIONS_READ')
@ObjectType('DirectoryEntry')
export class DirectoryEntryType {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => [String])
  choices!: readonly string[];
}
