export { DEFAULT_LOGIN_URL } from './facts.js';
export { deriveApiUrl, originsOf } from './sign-in/hosts.js';
export { readProjectAddress } from './sign-in/project-address.js';
export { authorizationUrl, exchangeCode, revokeTokens } from './sign-in/oauth.js';
export type { AuthorizationUrlRequest, TokenRequest } from './sign-in/oauth.js';
export { budgetKey, createProcorePlatform, procoreDescription } from './platform.js';
export type {
  NoteStore,
  ProcoreClientCredentials,
  ProcoreGrant,
  ProcoreOptions,
  ProcoreSettings,
  TokenSet,
  TokenStore,
} from './types.js';
