import { PlatformError } from '../../platform/index.js';

const MAX_BYTES = 64 * 1024 * 1024;

/** Lets a body go that nobody reads, so that its connection is free again. A body that breaks meanwhile is no matter. */
export async function discardBody({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => undefined);
}

/** The body as text. Throws PLATFORM_ERROR when it is longer than 64 MiB, and what the stream throws when it breaks. */
export async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new PlatformError('PLATFORM_ERROR', 'The answer is longer than 64 MiB.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
