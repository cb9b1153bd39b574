export { DEFAULT_LOGIN_URL } from './facts.js';
export { apiUrlOf, deriveApiUrl, loginUrlOf, originsOf } from './sign-in/hosts.js';
export { readProjectAddress } from './sign-in/project-address.js';
export { authorizationUrl, exchangeCode, redirectProblem, revokeTokens } from './sign-in/oauth.js';
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
