import type { Kit } from '../kit.js';
import { itemFailureTable, jobTable } from './jobs.js';
import { ledgerEntryTable, locationPairTable, restingFolderTable, scopeMarkTable } from './ledger.js';
import {
  knownListingTable,
  stagedBatchTable,
  stagedDeletionTable,
  stagedIdentityTable,
  stagedItemTable,
  stagedLeftOutTable,
  stagedProblemTable,
} from './listings.js';
import { planTable } from './plans.js';
import { runEventTable, runKeyTable, runTable } from './runs.js';
import { activityTable, runSampleTable } from './samples.js';
import { scanFileTable, scanTable } from './scans.js';
import { unmappedNameTable } from './unmapped.js';
import { stepTable } from './steps.js';

/** Jobs with their plans, runs, items and events, the ledger of what was transferred, and the failures of items. */
export function workTables(kit: Kit) {
  const jobs = jobTable(kit);
  const plans = planTable(kit, () => jobs.id);
  const runs = runTable(kit, () => jobs.id);
  const locationPairs = locationPairTable(kit, () => jobs.id);
  return {
    jobs,
    plans,
    runs,
    steps: stepTable(kit),
    stagedItems: stagedItemTable(kit, () => plans.id),
    stagedBatches: stagedBatchTable(kit, () => plans.id),
    stagedIdentities: stagedIdentityTable(kit, () => plans.id),
    stagedProblems: stagedProblemTable(kit, () => plans.id),
    stagedDeletions: stagedDeletionTable(kit, () => plans.id),
    stagedLeftOut: stagedLeftOutTable(kit, () => plans.id),
    knownListings: knownListingTable(kit, () => plans.id),
    unmappedNames: unmappedNameTable(kit, () => plans.id),
    runKeys: runKeyTable(kit, () => runs.id),
    runEvents: runEventTable(kit, () => runs.id),
    runSamples: runSampleTable(kit, () => runs.id),
    activity: activityTable(kit),
    scans: scanTable(kit, () => runs.id),
    scanFiles: scanFileTable(kit, () => runs.id),
    locationPairs,
    ledgerEntries: ledgerEntryTable(kit, () => locationPairs.number),
    restingFolders: restingFolderTable(kit, () => locationPairs.number),
    scopeMarks: scopeMarkTable(kit, () => locationPairs.number),
    itemFailures: itemFailureTable(kit, () => jobs.id),
  };
}
