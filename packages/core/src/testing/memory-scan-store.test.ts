import { describeScanStore } from './describe-scan-store.js';
import { MemoryScanStore } from './memory-scan-store.js';

describeScanStore('memory', async () => {
  const store = new MemoryScanStore();
  return {
    store,
    duplicates: async () => store.duplicates,
    figures: async () => store.figures,
    counters: async () => null,
  };
});
