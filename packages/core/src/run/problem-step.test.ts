import { expect, it } from 'vitest';
import { PlatformError, type ListProblem, type PlatformErrorKind } from '../platform/index.js';
import { problemStep } from './problem-step.js';

const MESSAGE = 'It cannot be read.';
const REMEDY = 'Give the account the right to read it.';
const problem = (kind: ListProblem['kind'], error: PlatformErrorKind = 'ACCESS_DENIED') => ({
  key: 'plans/a',
  problem: { path: ['plans', 'a'], kind, error: new PlatformError(error, MESSAGE, { remedy: REMEDY }) },
});

it.each([
  ['a folder that cannot be listed', problem('FOLDER'), 'REFUSE', 'FOLDER', 'LISTING_FAILED'],
  ['a folder of which a part may be missing', problem('PART'), 'REFUSE', 'FOLDER', 'LISTING_FAILED'],
  ['a file that may not be read', problem('FILE'), 'REFUSE', 'FILE', 'ACCESS_DENIED'],
  ['a file whose name is no name', problem('FILE', 'NAME_INVALID'), 'REFUSE', 'FILE', 'NAME_INVALID'],
  ['a link', problem('SPECIAL'), 'SKIP', 'FILE', 'SPECIAL_FILE'],
] as const)('%s stays where it is, and people are told why', (_, given, action, kind, reason) => {
  const told = { action, kind, reason, message: MESSAGE, remedy: REMEDY };
  expect(problemStep(given)).toMatchObject({ ...told, type: 'INERT', sourceKey: 'plans/a', destinationKey: null });
});
