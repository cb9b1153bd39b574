import { existsSync, lstatSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForgetfulMachine } from '../support/forgetful-machine.js';

const FILES = 40;
const names = Array.from({ length: FILES }, (_, n) => `folder ${n % 4}/plan ${n}.pdf`);
const textOf = (name: string, version = 1) => `bytes of ${name}, version ${version}`;

let machine: ForgetfulMachine;
beforeEach(() => (machine = new ForgetfulMachine()));
afterEach(() => machine.dispose());

const arrived = (name: string) => existsSync(machine.at('to', name)) && readFileSync(machine.at('to', name), 'utf8');

/** Node cuts what is below a microsecond. */
function setTime(name: string, ms: number): void {
  utimesSync(machine.at('to', name), ms / 1000 + 5e-7, ms / 1000 + 5e-7);
}

function expectAll(version = 1): void {
  for (const name of names) expect(arrived(name), name).toBe(textOf(name, version));
}

beforeEach(() => {
  for (const name of names) machine.put(name, textOf(name));
});

describe.each(['MARK', 'FILE'] as const)('a power cut with durability %s', (durability) => {
  it.each([1, 7, 20, FILES - 1])(
    'at file %i leaves no claim of a file that is gone, and the next run brings back what is missing',
    async (cutAt) => {
      machine.cutAt = cutAt;
      expect(await machine.run(durability)).toEqual({ kind: 'STOPPED' });
      machine.cutPower();
      expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
      expectAll();
      expect(machine.claimed()).toEqual([...names].sort());
    },
  );

  it('after the end of a run takes nothing', async () => {
    expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
    machine.cutPower();
    expectAll();
    await machine.run(durability);
    expect([...machine.outcomes()].filter((outcome) => outcome !== 'UNCHANGED IDENTICAL')).toEqual([]);
  });

  it.each([1, FILES - 1, FILES + 1, FILES + 20])(
    'of MOVE at effect %i leaves each file at one side, and the next run ends the move',
    async (cutAt) => {
      machine.cutAt = cutAt;
      expect(await machine.run(durability, 'MOVE')).toEqual({ kind: 'STOPPED' });
      machine.cutPower();
      const isLeft = (name: string) => existsSync(machine.at('from', name));
      expect(names.filter((name) => !isLeft(name) && arrived(name) !== textOf(name))).toEqual([]);
      expect(await machine.run(durability, 'MOVE')).toEqual({ kind: 'DONE' });
      expectAll();
      expect(names.filter(isLeft)).toEqual([]);
    },
  );

  it('amid new versions leaves each file in the former or the new one, and the next run brings the new one', async () => {
    await machine.run(durability);
    for (const name of names) machine.put(name, textOf(name, 2));
    machine.cutAt = 20;
    await machine.run(durability);
    machine.cutPower();
    for (const name of names) expect([textOf(name), textOf(name, 2)]).toContain(arrived(name));
    expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
    expectAll(2);
  });
});

describe('a power cut with durability FILE', () => {
  it.each([1, 9, 25, FILES + 5])(
    'amid new versions at name %i leaves each former one in its place or in the trash, also after the next run',
    async (cutAt) => {
      expect(await machine.run('FILE')).toEqual({ kind: 'DONE' });
      for (const name of names) machine.put(name, textOf(name, 2));
      const lost = () =>
        names.filter((name) => arrived(name) !== textOf(name) && !machine.isTrashed(name, textOf(name)));
      machine.cutAt = cutAt;
      await machine.run('FILE');
      machine.cutPower();
      expect(lost()).toEqual([]);
      expect(await machine.run('FILE')).toEqual({ kind: 'DONE' });
      expect(lost()).toEqual([]);
      expectAll(2);
    },
  );
});

describe('after a power cut', () => {
  it('a run that goes on tells what it had brought and is gone, and the next one brings it', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const count = machine.claimed().length;
    machine.cutPower();
    machine.goesOn = true;
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    const told = machine.store.logged.filter(({ message }) => message.startsWith('The machine lost its power'));
    expect(told.map(({ severity }) => severity)).toEqual(['WARNING']);
    // Folders are brought, too, and claimed as they were.
    expect(Number(/: (\d+) items/.exec(told[0]!.message)?.[1])).toBeGreaterThanOrEqual(count);
    machine.goesOn = false;
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('half of a file that is not durable is no change by people: the whole one comes again', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const half = machine.claimed()[0]!;
    const { mtimeMs } = lstatSync(machine.at('to', half));
    machine.keepAll();
    truncateSync(machine.at('to', half), 3);
    setTime(half, mtimeMs);
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('bits of a file that are not durable and have its size are found by their sum', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const empty = machine.claimed()[0]!;
    const { mtimeMs, size } = lstatSync(machine.at('to', empty));
    machine.keepAll();
    writeFileSync(machine.at('to', empty), Buffer.alloc(size), { flag: 'r+' });
    setTime(empty, mtimeMs);
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('what people edited since is theirs', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const edited = machine.claimed()[0]!;
    machine.keepAll();
    writeFileSync(machine.at('to', edited), 'theirs');
    await machine.run('MARK');
    expect(arrived(edited)).toBe('theirs');
  });
});
