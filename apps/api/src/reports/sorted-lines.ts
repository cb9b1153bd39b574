import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Characters that are held before they are sorted and written. */
const PORTION_CHARACTERS = 4 * 1024 * 1024;
/** Files that are read at the same time at most. */
const MAX_PORTIONS = 64;

/**
 * Texts without line breaks, however many, in the order of their code units: sorted in portions, which are kept as files in a
 * folder and merged as they are read.
 */
export class SortedLines {
  private held: string[] = [];
  private heldCharacters = 0;
  private portions: string[] = [];
  private made = 0;

  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly portionCharacters = PORTION_CHARACTERS,
  ) {}

  async add(line: string): Promise<void> {
    this.held.push(line);
    this.heldCharacters += line.length + 1;
    if (this.heldCharacters >= this.portionCharacters) await this.flush();
  }

  /** All lines that were added. Nothing may be added while they are read. */
  async *read(): AsyncGenerator<string, void, undefined> {
    if (this.portions.length > 0) await this.flush();
    this.held.sort(inOrder);
    yield* this.portions.length === 0 ? this.held : merged(this.portions.map(linesOf));
  }

  private async flush(): Promise<void> {
    if (this.held.length === 0) return;
    const lines = this.held.sort(inOrder);
    [this.held, this.heldCharacters] = [[], 0];
    await this.keep([`${lines.join('\n')}\n`]);
    if (this.portions.length >= MAX_PORTIONS) await this.compact();
  }

  /** Makes one file of all. */
  private async compact(): Promise<void> {
    const before = this.portions;
    this.portions = [];
    await this.keep(inChunks(merged(before.map(linesOf)), this.portionCharacters));
    for (const path of before) await rm(path);
  }

  private async keep(texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${this.name}-${(this.made += 1)}`);
    await writeFile(path, texts, { mode: 0o600 });
    this.portions.push(path);
  }
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** Sorted sequences as one; all are ended when the reader stops. */
async function* merged(sequences: readonly AsyncGenerator<string, void, undefined>[]) {
  try {
    const heads = await Promise.all(sequences.map((sequence) => sequence.next()));
    for (;;) {
      let least = -1;
      for (const [index, { done, value }] of heads.entries())
        if (!done && (least < 0 || value < (heads[least]!.value as string))) least = index;
      if (least < 0) return;
      yield heads[least]!.value as string;
      heads[least] = await sequences[least]!.next();
    }
  } finally {
    await Promise.all(sequences.map((sequence) => sequence.return()));
  }
}

async function* inChunks(lines: AsyncIterable<string>, characters: number): AsyncGenerator<string, void, undefined> {
  let text = '';
  for await (const line of lines) {
    text += `${line}\n`;
    if (text.length < characters) continue;
    yield text;
    text = '';
  }
  yield text;
}
