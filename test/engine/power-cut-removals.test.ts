import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForgetfulMachine } from '../support/forgetful-machine.js';

const FILES = 40;
const names = Array.from({ length: FILES }, (_, n) => `folder ${n % 4}/plan ${n}.pdf`);
/** Those that people delete at the source: all of two folders, and some of the others. */
const gone = names.filter((_, n) => n % 4 < 2 || n < 6);
const kept = names.filter((name) => !gone.includes(name));
const textOf = (name: string) => `bytes of ${name}`;

let machine: ForgetfulMachine;
beforeEach(() => {
  machine = new ForgetfulMachine();
  for (const name of names) machine.put(name, textOf(name));
});
afterEach(() => machine.dispose());

const textAt = (side: 'from' | 'to', name: string) =>
  existsSync(machine.at(side, name)) ? readFileSync(machine.at(side, name), 'utf8') : null;
const arrived = (name: string) => textAt('to', name) === textOf(name);

const SCENES = (['COPY', 'SYNC'] as const).flatMap((type) =>
  (['MARK', 'FILE'] as const).flatMap((durability) =>
    [false, true].map((isForGood) => [type, durability, isForGood] as const),
  ),
);

describe.each(SCENES)(
  'a power cut amid the removals of %s with durability %s, for good: %s,',
  (type, durability, isForGood) => {
    const policies = {
      deletions: 'MIRROR',
      deletePermanently: isForGood,
      deletionGuard: { maxItems: FILES, maxShare: 1 },
    } as const;
    const run = () => machine.run(durability, type, policies);

    it.each([9, 21])(
      'at removal %i takes nothing else, and the next run removes what came back unless people edited it',
      async (cutAt) => {
        expect(await run()).toEqual({ kind: 'DONE' });
        for (const name of gone) rmSync(machine.at('from', name));
        machine.cutAt = cutAt;
        expect(await run()).toEqual({ kind: 'STOPPED' });
        machine.cutPower();
        expect(machine.claimed().filter((name) => !arrived(name))).toEqual([]);
        if (!isForGood)
          expect(gone.filter((name) => !arrived(name) && !machine.isTrashed(name, textOf(name)))).toEqual([]);
        const edited = gone.find(arrived)!;
        writeFileSync(machine.at('to', edited), 'theirs');
        expect(await run()).toEqual({ kind: 'DONE' });
        for (const side of ['from', 'to'] as const) {
          expect(gone.filter((name) => name !== edited && textAt(side, name) !== null)).toEqual([]);
          expect(kept.filter((name) => textAt(side, name) !== textOf(name))).toEqual([]);
        }
        expect(textAt('to', edited)).toBe('theirs');
        expect(textAt('from', edited)).toBe(type === 'SYNC' ? 'theirs' : null);
      },
    );
  },
);
