export { DEFAULT_LOGIN_URL } from './facts.js';
export { deriveApiUrl } from './hosts.js';
export { authorizationUrl, exchangeCode } from './oauth.js';
export type { AuthorizationUrlRequest, TokenRequest } from './oauth.js';
export { budgetKey, createProcorePlatform, procoreDescription } from './platform.js';
export type {
  ProcoreClientCredentials,
  ProcoreGrant,
  ProcoreOptions,
  ProcoreSettings,
  TokenSet,
  TokenStore,
} from './types.js';
