import { Authorized, createUnionType, Field, ID, InputType, Int, ObjectType, Root } from 'type-graphql';
import {
  CHECK_OUTCOMES,
  CHECK_STEPS,
  DIRECTORY_KINDS,
  FORM_FIELD_KINDS,
  type PlatformKind,
} from '@sluice/core/platform';
import type { Durability } from '@sluice/fileshare';
import { OAUTH_FLOW_STATES, type FileShareSettings } from '../db/tables/connections.js';
import { Bounded, PATH } from '../graphql/bounds.js';
import { AtMost } from '../graphql/declarations.js';
import { CAPABILITIES } from '@sluice/core/platform';
import { enumType, ItemKindType, PlatformCapability, PlatformKey, SupportLevel } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { pageType } from '../graphql/page-types.js';
import { Address, DateTime, SafeInt } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import {
  AuthenticationMethod,
  ConnectionStatus,
  NetworkFileShareDurability,
  ObjectStorageService,
  ProcoreClientCredentials,
} from './connection.inputs.js';

export const MappingKindEnum = enumType('MappingKind', DIRECTORY_KINDS);
export const FormFieldKind = enumType('FormFieldKind', FORM_FIELD_KINDS);
export const CheckOutcome = enumType('CheckOutcome', CHECK_OUTCOMES);
export const ConnectionCheckStep = enumType('ConnectionCheckStep', CHECK_STEPS);
export const OAuthFlowState = enumType('OAuthFlowState', OAUTH_FLOW_STATES);

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
export class FormOption {
  @Field(() => String)
  value!: string;

  @Field(() => String)
  label!: string;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class FormField {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true })
  help!: string | null;

  @Field(() => FormFieldKind)
  kind!: keyof typeof FormFieldKind;

  @Field(() => Boolean)
  isRequired!: boolean;

  @Field(() => Boolean)
  isSecret!: boolean;

  @Field(() => String, { nullable: true })
  defaultValue!: string | null;

  @AtMost(10)
  @Field(() => [FormOption])
  options!: readonly FormOption[];

  @Field(() => String, { nullable: true })
  shownWhenField!: string | null;

  @Field(() => [String])
  shownWhenValues!: readonly string[];
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class CapabilitySupport {
  @Field(() => PlatformCapability)
  capability!: keyof typeof PlatformCapability;

  @Field(() => SupportLevel)
  level!: keyof typeof SupportLevel;

  @Field(() => String, { nullable: true })
  note!: string | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class PlatformLimits {
  @Field(() => SafeInt, { nullable: true })
  maxFileBytes!: number | null;

  @Field(() => Int, { nullable: true })
  maxPathLength!: number | null;

  @Field(() => Int, { nullable: true })
  maxSegmentLength!: number | null;

  @Field(() => [String])
  forbiddenCharacters!: readonly string[];

  @Field(() => [String])
  reservedNames!: readonly string[];

  @Field(() => [String])
  restrictedTypes!: readonly string[];

  @Field(() => Boolean)
  isCaseSensitive!: boolean;

  @Field(() => String, { nullable: true })
  whitespaceRule!: string | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class Platform {
  @Field(() => PlatformKey)
  key!: keyof typeof PlatformKey;

  @Field(() => String)
  displayName!: string;

  @AtMost(40)
  @Field(() => [FormField])
  form!: FormField[];

  @Field(() => Address, { nullable: true })
  oauthRedirectUrl!: string | null;

  @AtMost(CAPABILITIES.length)
  @Field(() => [CapabilitySupport])
  capabilities!: CapabilitySupport[];

  @Field(() => PlatformLimits)
  limits!: PlatformLimits;
}

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

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class CredentialStatus {
  @Field(() => AuthenticationMethod)
  method!: keyof typeof AuthenticationMethod;

  @Field(() => Boolean)
  isSet!: boolean;

  @Field(() => String, { nullable: true })
  hint!: string | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ConnectionCheck {
  @Field(() => ConnectionCheckStep)
  step!: keyof typeof ConnectionCheckStep;

  @Field(() => CheckOutcome)
  outcome!: keyof typeof CheckOutcome;

  @Field(() => String, { nullable: true })
  message!: string | null;

  @Field(() => String, { nullable: true })
  remedy!: string | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ConnectionHealth {
  @Field(() => ConnectionStatus)
  status!: keyof typeof ConnectionStatus;

  @Field(() => String)
  message!: string;

  @Field(() => DateTime, { nullable: true })
  checkedAt!: Date | null;

  @AtMost(Object.keys(ConnectionCheckStep).length)
  @Field(() => [ConnectionCheck])
  checks!: ConnectionCheck[];
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

export const RemoteEntryConnection = pageType(() => RemoteEntry, 'RemoteEntry', ['CONNECTIONS_READ']);

@Authorized('CONNECTIONS_READ')
@ObjectType({ implements: Node })
export class ConnectionProfile extends Node {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  name!: string;

  @Field(() => ConnectionSettings)
  settings!: object;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const ConnectionProfileConnection = pageType(
  () => ConnectionProfile,
  'ConnectionProfile',
  ['CONNECTIONS_READ'],
  { type: () => Int },
);

@Authorized('IDENTITY')
@ObjectType()
export class ConnectionPayload {
  @Authorized('IDENTITY')
  @Field(() => ConnectionProfile, { nullable: true })
  connection!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Authorized('CREDENTIALS_WRITE')
@ObjectType({ implements: Node })
export class OAuthFlow extends Node {
  @Field(() => DateTime)
  expiresAt!: Date;
}

@Authorized('IDENTITY')
@ObjectType()
export class OAuthFlowPayload {
  @Authorized('IDENTITY')
  @Field(() => OAuthFlow, { nullable: true })
  flow!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
