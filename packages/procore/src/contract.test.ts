import { describePlatform } from '@sluice/core/testing';
import { seeded } from '@sluice/procore-sandbox';
import { openBench, testCall } from './test-bench.js';

describePlatform('Procore', async () => {
  const { sandbox, platform, close } = await openBench();
  await sandbox.control.seed(seeded.projectId, [{ path: 'suite' }]);
  return { platform, call: testCall, root: ['suite'], dispose: close };
});
