import type { Content } from '@sluice/core/platform';
import { measured } from './bytes.js';
import type { Json } from '../api/json.js';

export interface FormBody {
  headers: { 'content-type': string; 'content-length': string };
  /** The body piece by piece; returns the SHA-256 of the file's bytes. Throws as `measured`. */
  stream(content: Content): AsyncGenerator<Uint8Array, string>;
}

/** A form as storage wants it: the given fields in their order, the file last, and a length known before. */
export function formBody(
  fields: Json,
  file: { name: string; type: string; size: number },
  random: () => number,
): FormBody {
  const boundary = `sluice-${[1, 2, 3, 4]
    .map(() =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')}`;
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${plain(value)}\r\n`,
  );
  const opening = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(file.name)}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  const head = new TextEncoder().encode(parts.join('') + opening);
  const tail = new TextEncoder().encode(`\r\n--${boundary}--\r\n`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.size + tail.length),
    },
    async *stream(content) {
      yield head;
      const sha256 = yield* measured(content.read(), { size: file.size });
      yield tail;
      return sha256;
    },
  };
}

function quoted(text: string): string {
  return text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
