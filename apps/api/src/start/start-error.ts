/** The server cannot start; the message is sentences for the operator that name the file or address and what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
