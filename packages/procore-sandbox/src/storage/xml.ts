import { Refusal } from '../errors.js';

/** A refusal of the storage origin. */
export const storageRefusal = (status: number, code: string, message: string) => new Refusal(status, { code, message });

export const xmlError = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
