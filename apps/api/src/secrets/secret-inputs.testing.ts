import { getNamedType, isInputObjectType, isObjectType, isScalarType, type GraphQLSchema } from 'graphql';

/** What sounds like a secret. */
const SOUNDS_SECRET = /password|secret|key|token|code|credential|sas/i;

/** Inputs that sound like a secret and are none, with the reason; an idempotency key only tells that a request is the same. */
export const NOT_SECRET: Readonly<Record<string, string>> = {
  'AccessKeyInput.accessKeyId': 'names the key, as a user name does',
  'ItemRuleInput.metadataKey': 'names a field of items',
  'MappingEntryInput.destinationKey': 'is a name at a platform',
  'MappingEntryInput.sourceKey': 'is a name at a platform',
};

/** Inputs that take a secret. */
export const SECRET_INPUTS: readonly string[] = [
  'AccessKeyInput.secretAccessKey',
  'AzureAccountKeyInput.accountKey',
  'AzureSasInput.sasToken',
  'CredentialInput.gcsServiceAccountKey',
  'Mutation.oauthFlowComplete(code:)',
  'Mutation.passwordChange(currentPassword:)',
  'Mutation.passwordChange(newPassword:)',
  'Mutation.signIn(password:)',
  'OAuthClientInput.clientSecret',
  'UserCreateInput.password',
  'UsernamePasswordInput.password',
];

/** Every input of texts in the schema whose name sounds like a secret. */
export function inputsThatSoundSecret(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const isText = (type: Parameters<typeof getNamedType>[0]) => {
    const named = getNamedType(type);
    return isScalarType(named) && named.name !== 'Boolean' && named.name !== 'Int';
  };
  const fields = types.filter(isInputObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isText(field.type) && SOUNDS_SECRET.test(field.name))
      .map((field) => `${type.name}.${field.name}`),
  );
  const args = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter((argument) => isText(argument.type) && SOUNDS_SECRET.test(argument.name))
        .filter((argument) => argument.name !== 'idempotencyKey')
        .map((argument) => `${type.name}.${field.name}(${argument.name}:)`),
    ),
  );
  return [...fields, ...args].sort();
}
