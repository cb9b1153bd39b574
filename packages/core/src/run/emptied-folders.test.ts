import { describe, expect, it } from 'vitest';
import { EmptiedFolders } from './emptied-folders.js';
import { folderThere, listedContext, there, unlisted, type Listed } from './listed.testing.js';
import { MovedPlaces } from './moved-places.js';

const DESTINATION = [folderThere('f'), there('f/a'), there('f/b'), folderThere('f/sub'), there('g/c')];

/** The folder `f` with `a`, `b` and the folder `sub` in it. */
async function emptied(problems: Listed['problems'] = {}) {
  const { store } = await listedContext('COPY', { destination: DESTINATION, problems });
  const places = new MovedPlaces();
  return { places, folders: new EmptiedFolders(store, places) };
}

describe('a folder of the destination', () => {
  it('is emptied once all that is in it is removed', async () => {
    const { folders } = await emptied();
    for (const key of ['f/a', 'f/b', 'f/sub']) folders.removes(key);
    expect(await folders.isEmptied('f')).toBe(true);
  });

  it('is not emptied while one thing stays in it', async () => {
    const { folders } = await emptied();
    for (const key of ['f/a', 'f/sub', 'g/c']) folders.removes(key);
    expect(await folders.isEmptied('f')).toBe(false);
  });

  it('is not emptied where none of it was listed', async () => {
    const { folders } = await emptied({ DESTINATION: [unlisted('f')] });
    for (const key of ['f/a', 'f/b', 'f/sub']) folders.removes(key);
    expect(await folders.isEmptied('f')).toBe(false);
  });

  it('is emptied by what is removed and what goes elsewhere together', async () => {
    const { folders, places } = await emptied();
    folders.removes('f/a');
    places.note('f/b', 'g/b', 'FILE');
    places.note('f/sub', 'sub', 'FOLDER');
    expect(await folders.isEmptied('f')).toBe(true);
  });

  it('is not emptied by what gets another name in it', async () => {
    const { folders, places } = await emptied();
    folders.removes('f/a');
    places.note('f/b', 'f/c', 'FILE');
    places.note('f/sub', 'sub', 'FOLDER');
    expect(await folders.isEmptied('f')).toBe(false);
  });

  it('is not emptied by a move of its own, with which all comes along', async () => {
    const { folders, places } = await emptied();
    places.note('f', 'elsewhere/f', 'FOLDER');
    expect(await folders.isEmptied('f')).toBe(false);
  });

  it('that is moved is emptied by what leaves it for the place that it had', async () => {
    const { folders, places } = await emptied();
    places.note('f', 'elsewhere/f', 'FOLDER');
    for (const name of ['a', 'b']) places.note(`f/${name}`, `f/${name}`, 'FILE');
    folders.removes('f/sub');
    expect(await folders.isEmptied('f')).toBe(true);
  });

  it('is emptied where nothing was in it', async () => {
    const { folders } = await emptied();
    expect(await folders.isEmptied('f/sub')).toBe(true);
  });
});

it('the folder of the job is emptied by the removal of what stands at its top', async () => {
  const { store } = await listedContext('COPY', { destination: [there('a'), there('b')] });
  const folders = new EmptiedFolders(store, new MovedPlaces());
  folders.removes('a');
  expect(await folders.isEmptied('')).toBe(false);
  for (const key of ['a', 'b']) folders.removes(key);
  expect(await folders.isEmptied('')).toBe(true);
});
