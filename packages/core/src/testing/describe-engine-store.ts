import { describe, it } from 'vitest';
import { StoreBench, type EngineStoreHarness, type StorePromises } from './store-contract/bench.js';
import { durabilityPromises } from './store-contract/durability.js';
import { filterPromises } from './store-contract/filters.js';
import { intentPromises } from './store-contract/intents.js';
import { itemPromises } from './store-contract/items.js';
import { knownListingPromises } from './store-contract/known-listings.js';
import { ledgerPromises } from './store-contract/ledger.js';
import { locationPairPromises } from './store-contract/location-pairs.js';
import { movePromises } from './store-contract/moves.js';
import { outcomePromises } from './store-contract/outcomes.js';
import { sidePromises } from './store-contract/sides.js';
import { stepPromises } from './store-contract/steps.js';
import { textPromises } from './store-contract/texts.js';

const SECTIONS: Record<string, (promise: StorePromises) => void> = {
  items: itemPromises,
  steps: stepPromises,
  intents: intentPromises,
  outcomes: outcomePromises,
  ledger: ledgerPromises,
  moves: movePromises,
  sides: sidePromises,
  'location pairs': locationPairPromises,
  'known listings': knownListingPromises,
  filters: filterPromises,
  durability: durabilityPromises,
  texts: textPromises,
};

/** The promises of `EngineStore`, as tests: each has a job of its own. */
export function describeEngineStore(name: string, makeHarness: () => Promise<EngineStoreHarness>): void {
  const promise: StorePromises = (title, body) =>
    it(title, async () => {
      await body(await StoreBench.open(await makeHarness()));
    });
  describe(`run store: ${name}`, () => {
    for (const [section, register] of Object.entries(SECTIONS)) describe(section, () => register(promise));
  });
}
