import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** One line of the input. At a terminal it is asked for, and what is typed is not shown. */
export async function askSecret(question: string): Promise<string | null> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silence, terminal: isTerminal });
  // Ctrl-C at the question leaves at once.
  reader.on('SIGINT', () => process.exit(130));
  try {
    for await (const typed of reader) return typed;
    return null;
  } finally {
    reader.close();
    if (isTerminal) process.stderr.write('\n');
  }
}
