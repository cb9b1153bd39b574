import { describe, expect, it } from 'vitest';
import { itemTyped, typedWith } from './tree-keys.js';

const names = ['Archive', 'Plans', 'Photos', 'plans of 2024', 'Änderungen'];

describe('letters that are typed in a tree', () => {
  it('go to the next item that begins with the letter, and on from the end', () => {
    expect(itemTyped(names, 0, 'p')).toBe(1);
    expect(itemTyped(names, 1, 'p')).toBe(2);
    expect(itemTyped(names, 4, 'a')).toBe(0);
    expect(itemTyped(names, 0, 'ä')).toBe(4);
  });

  it('stay at an item that begins with all of them', () => {
    expect(itemTyped(names, 1, 'pl')).toBe(1);
    expect(itemTyped(names, 1, 'ph')).toBe(2);
    expect(itemTyped(names, 2, 'plans o')).toBe(3);
  });

  it('go from one to the next when one letter is typed again and again', () => {
    expect(itemTyped(names, 1, 'pp')).toBe(2);
    expect(itemTyped(names, 2, 'ppp')).toBe(3);
  });

  it('go nowhere when nothing begins with them', () => {
    expect(itemTyped(names, 0, 'x')).toBeNull();
    expect(itemTyped([], 0, 'x')).toBeNull();
  });

  it('belong together until there is a pause', () => {
    const first = typedWith({ text: '', at: 0 }, 'p', 5_000);
    expect(typedWith(first, 'l', 5_700)).toEqual({ text: 'pl', at: 5_700 });
    expect(typedWith(first, 'a', 5_701)).toEqual({ text: 'a', at: 5_701 });
  });
});
