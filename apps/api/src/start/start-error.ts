/** Why the server cannot start: sentences for the one who starts it, with the place and what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
