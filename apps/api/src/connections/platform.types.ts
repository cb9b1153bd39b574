import { Authorized, Field, Int, ObjectType } from 'type-graphql';
import { CAPABILITIES, FORM_FIELD_KINDS } from '@sluice/core/platform';
import { AtMost } from '../graphql/declarations.js';
import { enumType, PlatformCapability, PlatformKey, SupportLevel } from '../graphql/enums.js';
import { Address, SafeInt } from '../graphql/scalars.js';

export const FormFieldKind = enumType('FormFieldKind', FORM_FIELD_KINDS);

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class FormOption {
  @Field(() => String)
  value!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true })
  unavailable!: string | null;
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
