import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.js';
import { LEAST_CONFIDENCE, SimilarNames } from './similar-names.js';

const PEOPLE = ['John Smith', 'Mary Ann Jones', 'Jürgen Müller', 'Site Office East', 'Site Office West'];
const index = new SimilarNames(PEOPLE.map((name) => ({ name, value: name })));

describe('similar names', () => {
  it.each([
    ['John Smith', 'John Smith'],
    ['Smith, John', 'John Smith'],
    ['JOHN SMITH (external)', 'John Smith'],
    ['Jon Smith', 'John Smith'],
    ['Mary-Ann Jones', 'Mary Ann Jones'],
    ['Jurgen Muller', 'Jürgen Müller'],
    ['Site Office', null],
    ['Site Offices East', 'Site Office East'],
    ['Site Office Est', null],
    ['Peter Brown', null],
    ['', null],
    ['!!!', null],
  ])('%j is like %j', (name, similar) => {
    expect(index.find(name)?.value ?? null).toBe(similar);
  });

  it('tells how sure it is', () => {
    expect(index.find('Smith, John')?.confidence).toBe(1);
    expect(index.find('Jon Smith')?.confidence).toBeCloseTo(16 / 21);
    expect(index.find('Jon Smith')!.confidence).toBeGreaterThan(LEAST_CONFIDENCE);
  });

  it('finds the same again: a search leaves nothing behind', () => {
    expect([index.find('Jon Smith'), index.find('Jon Smith')].map((found) => found?.confidence)).toEqual([
      16 / 21,
      16 / 21,
    ]);
  });

  it('looks for 2,000 names among 2,000 by their letters, not by each pair', () => {
    const nameOf = (at: number) => `${FIRST[at % 100]} ${LAST[Math.floor(at / 100)]}`;
    const names = Array.from({ length: 2_000 }, (_, at) => ({ name: nameOf(at), value: at }));
    const many = new SimilarNames(names);
    const began = cpuTime();
    const found = names.filter(({ name, value }) => many.find(`${name}x`)?.value === value).length;
    expect(found).toBeGreaterThan(1_800);
    expect(cpuTime() - began).toBeLessThan(5_000);
  });
});

/** Syllables make names that share letters as those of people do. */
const SYLLABLES = ['ka', 'lo', 'mir', 'ste', 'van', 'ber', 'ti', 'gor', 'shu', 'elm'];
const two = (at: number) => `${SYLLABLES[at % 10]}${SYLLABLES[Math.floor(at / 10)]}`;
const FIRST = Array.from({ length: 100 }, (_, at) => two(at));
const LAST = Array.from({ length: 100 }, (_, at) => `${two(99 - at)}son`);
