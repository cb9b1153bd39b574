import { DURABILITIES } from '@sluice/fileshare';
import { Field, InputType } from 'type-graphql';
import { AUTHENTICATION_METHODS, CLIENT_CREDENTIALS, CONNECTION_STATUSES } from '../db/tables/connections.js';
import { Bounded, PATH, SECRET } from '../graphql/bounds.js';
import { enumType, PlatformKey } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { Address } from '../graphql/scalars.js';

const MAX_FORBIDDEN_CHARACTERS = 50;

export const AuthenticationMethod = enumType('AuthenticationMethod', AUTHENTICATION_METHODS);
export const NetworkFileShareDurability = enumType('NetworkFileShareDurability', DURABILITIES);
export const ProcoreClientCredentials = enumType('ProcoreClientCredentials', CLIENT_CREDENTIALS);
export const ObjectStorageService = enumType('ObjectStorageService', ['AZURE_BLOB', 'GCS', 'S3']);
export const ConnectionStatus = enumType('ConnectionStatus', CONNECTION_STATUSES);

@InputType()
export class ConnectionProfileFilter {
  @Field(() => [PlatformKey], { nullable: true })
  platforms?: (keyof typeof PlatformKey)[] | null;

  @Field(() => [ConnectionStatus], { nullable: true })
  statuses?: (keyof typeof ConnectionStatus)[] | null;

  @Field(() => String, { nullable: true })
  nameContains?: string | null;
}

@InputType()
export class NetworkFileShareSettingsInput {
  @Bounded(PATH)
  @Field(() => String)
  location!: string;

  @Field(() => String, { nullable: true })
  domain?: string | null;

  @Field(() => NetworkFileShareDurability, { defaultValue: 'MARK' })
  durability!: keyof typeof NetworkFileShareDurability;

  @Field(() => Boolean, { defaultValue: false })
  manifest!: boolean;
}

@InputType()
export class ObjectStorageSettingsInput {
  @Field(() => ObjectStorageService, { defaultValue: 'S3' })
  service!: keyof typeof ObjectStorageService;

  @Field(() => Address, { nullable: true })
  endpointUrl?: string | null;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String)
  bucket!: string;

  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  prefix?: string | null;

  @Field(() => Boolean, { defaultValue: false })
  usePathStyle!: boolean;
}

@InputType()
export class ProcoreSettingsInput {
  @Field(() => ProcoreClientCredentials, { defaultValue: 'SYSTEM_DEFAULT' })
  clientCredentials!: keyof typeof ProcoreClientCredentials;

  @Field(() => AuthenticationMethod, { defaultValue: 'OAUTH_AUTHORIZATION_CODE' })
  authenticationMethod!: keyof typeof AuthenticationMethod;

  @Field(() => Address, { nullable: true })
  loginUrl?: string | null;

  @Field(() => Address, { nullable: true })
  apiUrl?: string | null;

  @Field(() => String, { nullable: true })
  companyId?: string | null;

  @Field(() => String, { nullable: true })
  projectId?: string | null;

  @Bounded({ maxCharacters: MAX_FORBIDDEN_CHARACTERS })
  @Field(() => String, { nullable: true })
  forbiddenCharacters?: string | null;
}

@OneOf()
@InputType()
export class ConnectionSettingsInput {
  @Field(() => NetworkFileShareSettingsInput, { nullable: true })
  networkFileShare?: NetworkFileShareSettingsInput;

  @Field(() => ObjectStorageSettingsInput, { nullable: true })
  objectStorage?: ObjectStorageSettingsInput;

  @Field(() => ProcoreSettingsInput, { nullable: true })
  procore?: ProcoreSettingsInput;
}

@InputType()
export class UsernamePasswordInput {
  @Field(() => String)
  username!: string;

  @Field(() => String)
  password!: string;
}

@InputType()
export class AccessKeyInput {
  @Field(() => String)
  accessKeyId!: string;

  @Bounded(SECRET)
  @Field(() => String)
  secretAccessKey!: string;
}

@InputType()
export class AzureAccountKeyInput {
  @Field(() => String)
  accountName!: string;

  @Bounded(SECRET)
  @Field(() => String)
  accountKey!: string;
}

@InputType()
export class AzureSasInput {
  @Field(() => String)
  accountName!: string;

  @Bounded(SECRET)
  @Field(() => String)
  sasToken!: string;
}

@InputType()
export class OAuthClientInput {
  @Field(() => String)
  clientId!: string;

  @Bounded(SECRET)
  @Field(() => String)
  clientSecret!: string;
}

@OneOf()
@InputType()
export class CredentialInput {
  @Field(() => UsernamePasswordInput, { nullable: true })
  usernamePassword?: UsernamePasswordInput;

  @Field(() => AccessKeyInput, { nullable: true })
  accessKey?: AccessKeyInput;

  @Field(() => AzureAccountKeyInput, { nullable: true })
  azureAccountKey?: AzureAccountKeyInput;

  @Field(() => AzureSasInput, { nullable: true })
  azureSas?: AzureSasInput;

  @Bounded({ maxCharacters: 16_000, isMultiline: true })
  @Field(() => String, { nullable: true })
  gcsServiceAccountKey?: string;

  @Field(() => OAuthClientInput, { nullable: true })
  oauthClient?: OAuthClientInput;
}

@InputType()
export class ConnectionCreateInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => ConnectionSettingsInput)
  settings!: ConnectionSettingsInput;

  @Field(() => CredentialInput, { nullable: true })
  credential?: CredentialInput | null;

  @Field(() => Boolean, { defaultValue: false })
  testNow!: boolean;

  @Field(() => Boolean, { defaultValue: false })
  isDraft!: boolean;
}

@InputType()
export class ConnectionUpdateInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => ConnectionSettingsInput, { nullable: true })
  settings?: ConnectionSettingsInput | null;

  @Field(() => CredentialInput, { nullable: true })
  credential?: CredentialInput | null;
}
