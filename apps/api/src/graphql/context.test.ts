import { describe, expect, it } from 'vitest';
import { Loader } from './context.js';

function countingLoader() {
  const reads: string[][] = [];
  const loader = new Loader<{ id: string }>(async (ids) => {
    reads.push([...ids]);
    if (ids.includes('broken')) throw new Error('The store is down.');
    return ids.map((id) => (id === 'gone' ? null : { id }));
  });
  return { loader, reads };
}

describe('a loader', () => {
  it('gives what was read ahead without a promise, a missing object too', async () => {
    const { loader, reads } = countingLoader();
    await loader.readAhead(['a', null, 'gone', 'a']);
    expect([loader.load('a'), loader.load('gone')]).toEqual([{ id: 'a' }, null]);
    await loader.readAhead(['a', 'gone']);
    expect(reads).toEqual([['a', 'gone']]);
  });

  it('reads what several lists ask for ahead in one turn together', async () => {
    const { loader, reads } = countingLoader();
    await Promise.all([loader.readAhead(['a']), loader.readAhead(['b', 'a']), loader.load('c')]);
    expect(reads).toEqual([['a', 'b', 'c']]);
  });

  it('tells a failed read to whoever asks for the object, not to the list', async () => {
    const { loader } = countingLoader();
    await loader.readAhead(['broken']);
    await expect(loader.load('broken')).rejects.toThrow('The store is down.');
  });
});
