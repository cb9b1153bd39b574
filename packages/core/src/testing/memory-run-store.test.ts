import { describeRunStore } from './describe-run-store.js';
import { MemoryJob, MemoryRunStore } from './memory-run-store.js';

describeRunStore('memory', async () => {
  const job = new MemoryJob();
  return {
    firstRun: async () => new MemoryRunStore(job),
    nextRun: async () => new MemoryRunStore(job),
    restarted: async (store) => (store as MemoryRunStore).restarted(),
  };
});
