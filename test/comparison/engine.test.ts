import { expect, it } from 'vitest';
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

it('no two proofs have one name', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
});
