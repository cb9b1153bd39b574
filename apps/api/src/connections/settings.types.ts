import { Authorized, createUnionType, Field, ObjectType, Root } from 'type-graphql';
import type { PlatformKind } from '@sluice/core/platform';
import type { Durability } from '@sluice/fileshare';
import type { FileShareSettings } from '../db/tables/connections.js';
import { Address } from '../graphql/scalars.js';
import { NetworkFileShareDurability, ObjectStorageService, ProcoreClientCredentials } from './connection.inputs.js';

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class NetworkFileShareSettings {
  @Field(() => String)
  location!: string;

  @Field(() => String, { nullable: true })
  domain!: string | null;

  @Field(() => NetworkFileShareDurability)
  durability(@Root() settings: FileShareSettings): Durability {
    return settings.durability ?? 'MARK';
  }

  @Field(() => Boolean)
  manifest(@Root() settings: FileShareSettings): boolean {
    return settings.manifest ?? false;
  }
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ObjectStorageSettings {
  @Field(() => ObjectStorageService)
  service!: keyof typeof ObjectStorageService;

  @Field(() => Address, { nullable: true })
  endpointUrl!: string | null;

  @Field(() => String, { nullable: true })
  region!: string | null;

  @Field(() => String)
  bucket!: string;

  @Field(() => String, { nullable: true })
  prefix!: string | null;

  @Field(() => Boolean)
  usePathStyle!: boolean;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ProcoreSettings {
  @Field(() => ProcoreClientCredentials)
  clientCredentials!: keyof typeof ProcoreClientCredentials;

  @Field(() => Address)
  loginUrl!: string;

  @Field(() => Address, { nullable: true })
  apiUrl!: string | null;

  @Field(() => String, { nullable: true })
  companyId!: string | null;

  @Field(() => String, { nullable: true })
  companyName!: string | null;

  @Field(() => String, { nullable: true })
  projectId!: string | null;

  @Field(() => String, { nullable: true })
  projectName!: string | null;

  @Field(() => String, { nullable: true })
  signedInAs!: string | null;

  @Field(() => String, { nullable: true })
  forbiddenCharacters!: string | null;
}

const TYPE_OF_KIND = {
  NETWORK_FILE_SHARE: 'NetworkFileShareSettings',
  OBJECT_STORAGE: 'ObjectStorageSettings',
  PROCORE: 'ProcoreSettings',
} as const satisfies Record<PlatformKind, string>;

export const ConnectionSettings = createUnionType({
  name: 'ConnectionSettings',
  types: () => [NetworkFileShareSettings, ObjectStorageSettings, ProcoreSettings] as const,
  resolveType: (settings: object) => TYPE_OF_KIND[(settings as { kind: keyof typeof TYPE_OF_KIND }).kind],
});
