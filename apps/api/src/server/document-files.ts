import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import type { DocumentTexts } from '../graphql/known-documents.js';
import { StartError } from '../start/start-error.js';

/** The documents of the web app that this server serves; written by its build. */
const BUILT = fileURLToPath(new URL('../../../admin/dist/documents.json', import.meta.url));
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_DOCUMENTS = 5_000;

const FORM = 'It holds one JSON object, {"<SHA-256 of the text, in hex>": "<text of the document>"}';
const shape = z.record(z.string(), z.string());

/**
 * The texts of the documents that are known: those of the web app, where it is built, and those of the file of SLUICE_API_DOCUMENTS;
 * null: of no file. Throws `StartError` for a file that is not as it has to be.
 */
export function readDocuments(file: string | null, built = BUILT): DocumentTexts {
  const own = existsSync(built) ? textsOf(built) : [];
  return new Map([...own, ...(file === null ? [] : textsOf(file))]);
}

function textsOf(file: string): [string, string][] {
  const read = shape.safeParse(jsonOf(file));
  if (!read.success) throw bad(file, `${FORM}.`);
  const texts = Object.entries(read.data);
  if (texts.length > MAX_DOCUMENTS) throw bad(file, `It has ${texts.length} documents; ${MAX_DOCUMENTS} are allowed.`);
  for (const [hash, text] of texts) check(file, hash, text);
  return texts;
}

function jsonOf(file: string): unknown {
  try {
    if (statSync(file).size > MAX_FILE_BYTES) throw bad(file, `It is larger than ${MAX_FILE_BYTES} bytes.`);
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw bad(file, error instanceof SyntaxError ? 'It is no JSON.' : 'It cannot be read.');
  }
}

function check(file: string, hash: string, text: string): void {
  const right = createHash('sha256').update(text).digest('hex');
  if (hash !== right) throw bad(file, `“${hash.slice(0, 80)}” is not the SHA-256 of its text, which is ${right}.`);
  try {
    parse(text, { maxTokens: 100_000 });
  } catch (error) {
    if (error instanceof GraphQLError) throw bad(file, `The document ${hash} is no GraphQL: ${error.message}`);
    throw error;
  }
}

const bad = (file: string, why: string) => new StartError(`The documents of ${file} cannot be used. ${why}`);
