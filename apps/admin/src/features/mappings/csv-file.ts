/** Bytes of the largest file. */
const MAX_BYTES = 2 ** 20;

export type CsvFile = { text: string } | { problem: 'tooLarge' | 'notText' };

/** The text of a file without its byte order mark; a file that is no UTF-8 is refused rather than damaged. */
export async function readCsvFile(file: Blob): Promise<CsvFile> {
  if (file.size > MAX_BYTES) return { problem: 'tooLarge' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) };
  } catch {
    return { problem: 'notText' };
  }
}
