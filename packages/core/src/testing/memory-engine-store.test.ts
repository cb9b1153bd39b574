import { describeEngineStore } from './describe-engine-store.js';
import { MemoryEngineStore } from './memory-engine-store.js';
import { MemoryJob } from './memory-store/job.js';

describeEngineStore('memory', async () => {
  const job = new MemoryJob();
  return {
    firstRun: async () => new MemoryEngineStore(job),
    nextRun: async () => new MemoryEngineStore(job),
    restarted: async (store) => (store as MemoryEngineStore).restarted(),
  };
});
