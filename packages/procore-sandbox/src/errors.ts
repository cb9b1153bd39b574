/** A refusal with the status and the body that Procore answers; a string body goes out as plain text. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`refused with ${status}`);
  }
}

export const badRequest = (errors: unknown) => new Refusal(400, { errors });
export const invalid = (field: string, text: string) => badRequest({ [field]: [text] });
export const forbidden = (text: string) => new Refusal(403, { errors: text });
export const notFound = () => new Refusal(404, { errors: 'Not found' });
export const gone = (text: string) => new Refusal(410, { errors: text });
export const unprocessable = (field: string, text: string) => new Refusal(422, { errors: { [field]: [text] } });
export const notInProject = () => new Refusal(403, { message: 'Invalid Project or Company' });
export const accessTokenInvalid = () => new Refusal(401, { errors: 'The access token is invalid' });
/** The app is not installed in the company; with 401 nothing tells it from a dead token. */
export const notConnected = (status: 401 | 403) =>
  status === 401 ? accessTokenInvalid() : new Refusal(403, { errors: ['App is not connected to this company.'] });
