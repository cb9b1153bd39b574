import { describePlatform } from './describe-platform.js';
import { MEMORY_SAMPLES } from './memory-directory.js';
import { createMemoryPlatform } from './memory-platform.js';
import type { MemoryPlatformOptions } from './memory-platform.js';

function harness(options: MemoryPlatformOptions = {}) {
  return { ...alone(options), other: alone({}), samples: MEMORY_SAMPLES };
}

function alone(options: MemoryPlatformOptions) {
  const platform = createMemoryPlatform(options);
  const call = () => ({ signal: new AbortController().signal, priority: 'JOB' as const, owner: 'test' });
  return { platform, call, seed: async (entries: Parameters<typeof platform.seed>[0]) => platform.seed(entries) };
}

describePlatform('The memory platform', () => harness());

describePlatform('A memory platform with the limits of others', () =>
  harness({
    limits: { isCaseSensitive: false, isUnicodeFormSensitive: false, holdsEmptyFiles: false, maxPathLength: 255 },
  }),
);

describePlatform('A memory platform that gives former contents', () => harness({ tellsVersions: true }));

describePlatform('A memory platform that is only a source', () => harness({ without: ['destination'] }));

describePlatform('A memory platform that only receives', () => {
  const { platform, call } = harness({ without: ['source', 'remove', 'move', 'describe', 'proof'] });
  return { platform, call };
});
