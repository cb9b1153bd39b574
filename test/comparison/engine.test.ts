import { expect, it } from 'vitest';
import { createMemoryPlatform } from '@sluice/core/testing';
import { copy } from './proof.js';
import { PROOFS, subjectOf } from './proofs.js';

const ALL = Object.entries(PROOFS).flatMap(([subject, ways]) =>
  Object.entries(ways).map(([way, proof]) => ({ ...proof, subject, way })),
);

it.each(ALL)('$name', async ({ subject, way, proves, ...scene }) => {
  const copied = await copy(scene, (row) => subjectOf(row) === subject);
  expect(copied.row.way).toBe(way);
  await proves(copied);
});

it.each(ALL)('$name: not so where nothing came over', async ({ subject, proves, ...scene }) => {
  const copied = await copy(scene, (row) => subjectOf(row) === subject);
  const nothing = { ...copied, destination: createMemoryPlatform(), steps: {}, asked: [] };
  await expect((async () => proves(nothing))()).rejects.toThrow();
});

it('no two proofs have one name', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
});
