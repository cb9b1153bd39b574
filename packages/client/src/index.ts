/*
 * The API of Sluice for programs, in Node.js and in browsers: typed operations, retries that are harmless, and streams
 * that go on where they broke. It knows the public schema and nothing else of the server.
 */
export { SluiceClient, type ClientOptions, type Done, type Page, type RequestOptions } from './client.js';
export type { Clock } from './clock.js';
export {
  ERROR_CODES,
  GraphqlError,
  RefusedError,
  SluiceError,
  TransportError,
  type ErrorCode,
  type ReplyError,
  type TransportFailure,
  type UserProblem,
} from './errors.js';
export { hasEnded, type FollowOptions, type RunEvent, type RunState } from './follow.js';
export { graphql, type EnumOf, type FragmentOf, type ResultOf, type VariablesOf } from './graphql.js';
export { newKey, type Typed, type Variables } from './operation.js';
export type { OpenStream, StreamReply } from './resume.js';
