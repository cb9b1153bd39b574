import type { EngineStore } from '@sluice/core/run';
import type { Database } from '../../db/database.js';
import { IntentStore } from './steps/store-intents.js';
import { LedgerStore } from './ledger/store-ledger.js';
import { MarkStore } from './ledger/store-marks.js';
import { LocationPairStore } from './ledger/store-pairs.js';
import { FolderStore } from './listings/store-folders.js';
import { PlaceOwnerStore } from './ledger/store-place-owners.js';
import { PlanStepStore } from './steps/store-plan.js';
import { BatchStore } from './store-batches.js';
import { IdentityStore } from './store-identities.js';
import { KnownListingStore } from './listings/store-known-listings.js';
import { LeftOutStore } from './ledger/store-left-out.js';
import { ListingStore } from './listings/store-listings.js';
import { RestRecordStore } from './ledger/store-rest-records.js';
import { LostEntryStore } from './ledger/store-lost-entries.js';
import { RestingFolderStore } from './ledger/store-resting.js';
import { SettledFolderStore } from './ledger/store-settled-folders.js';
import { ScopeStore } from './ledger/store-scope.js';
import { SourceFolderStore } from './ledger/store-source-folders.js';
import type { StoreContext } from './store-context.js';
import { UnmappedNameStore } from './steps/store-unmapped.js';
import { ClaimStore } from './steps/store-claims.js';
import { FailureStore } from './steps/store-failures.js';
import { InertClaimStore } from './steps/store-inert-claims.js';
import { PlanAtWork } from './steps/store-plan-at-work.js';
import { UnverifiedStore } from './steps/store-unverified.js';
import { StepWorkStore } from './steps/store-work.js';
import { WorkTransactions } from './steps/store-work-transaction.js';

/** The database behind one plan and its run; see the port for what each method promises. */
export function createEngineStore(db: Database, storeContext: StoreContext): EngineStore {
  const pairs = new LocationPairStore(db, storeContext);
  const marks = new MarkStore(db, storeContext, pairs);
  const ledger = new LedgerStore(db, storeContext, pairs, marks);
  const batches = new BatchStore(db, storeContext);
  const identities = new IdentityStore(db, storeContext, batches);
  const resting = new RestingFolderStore(db, pairs);
  const rest = new RestRecordStore(db, storeContext, pairs);
  const listings = new ListingStore(db, storeContext, pairs, batches, identities, resting);
  const owners = new PlaceOwnerStore(db, pairs, batches, identities);
  const sources = new SourceFolderStore(db, pairs, batches, owners, new SettledFolderStore(db, batches));
  const lost = new LostEntryStore(db, pairs, batches, identities, owners);
  const leftOut = new LeftOutStore(db, storeContext, pairs, batches);
  const known = new KnownListingStore(db, storeContext, pairs);
  const plan = new PlanStepStore(db, storeContext, listings, known);
  const planAtWork = new PlanAtWork(db, storeContext);
  const transactions = new WorkTransactions(db, storeContext);
  const failures = new FailureStore(db, storeContext);
  const claims = new ClaimStore(db, planAtWork, transactions, failures);
  const inert = new InertClaimStore(db, storeContext, claims);
  const parts = { plan: planAtWork, transactions, claims, failures, listings, ledger };
  const work = new StepWorkStore(db, storeContext, parts);
  const unverified = new UnverifiedStore(db, planAtWork);
  const unmapped = new UnmappedNameStore(db, storeContext);
  const intents = new IntentStore(db, storeContext, pairs, ledger);
  const scope = new ScopeStore(db, storeContext, pairs);
  const folders = new FolderStore(db, storeContext, pairs, listings);
  return {
    phase: () => plan.phase(),
    enter: (phase) => plan.enter(phase),
    locationPairs: () => pairs.list(),
    useLedger: (pair, roots) => pairs.use(pair, roots),
    isAccepted: (question) => pairs.isAccepted(question),
    reset: () => plan.reset(),
    stage: (side, items) => listings.stage(side, items),
    stageFolders: (side, folders, rules) => listings.stageFolders(side, folders, rules),
    stageAgain: (side, key, items) => listings.stageAgain(side, key, items),
    stageLeftOut: (folders, isKept) => leftOut.stage(folders, isKept),
    isLeftOut: (sourceKey) => leftOut.has(sourceKey),
    stageProblems: (side, problems) => listings.stageProblems(side, problems),
    stageDeleted: (identities) => listings.stageDeleted(identities),
    stageProof: (side, proof, how, kept) => plan.stageProof(side, proof, how, kept),
    knownListing: (side) => known.find(side),
    knownFolders: (side) => known.folders(side),
    sourceFolders: async function* (keyOf, side) {
      await listings.endWaiting();
      yield* sources.all(keyOf, side);
    },
    sourceProblems: (side) => listings.problems(side),
    destinationChildren: (parentKey, side = 'DESTINATION') => batches.childrenOf(side, parentKey),
    destinationByKey: (key) => listings.itemByKey('DESTINATION', key),
    sourceByKey: (key) => listings.itemByKey('SOURCE', key),
    destinationById: (id, side) => listings.itemById(id, side),
    lostEntries: (side) => lost.all(side),
    coverage: (side, key) => listings.coverage(side, key),
    isSeenDeleted: (item, side) => listings.isSeenDeleted(item, side),
    leaving: (destinationId, side) => lost.leaving(destinationId, side),
    isAtSource: (key, identity, side = 'SOURCE') => batches.hasAt(side, key, (place) => place.identity === identity),
    hasSourceFileBelow: (key, side = 'SOURCE') => batches.hasFileBelow(side, key),
    entryOf: (side, identity) => ledger.entryOf(side, identity),
    placeOwner: (side, key, kind) => owners.of(side, key, kind),
    isPlaceLeft: (side, key, kind) => owners.isLeft(side, key, kind),
    scopeState: () => scope.state(),
    setScopeState: (state) => scope.setState(state),
    addScopeMarks: (marks) => scope.add(marks),
    knownScopeMarks: (marks) => scope.known(marks),
    forgetEntries: (ledgerIds) => ledger.forgetEntries(ledgerIds),
    judge: (ledgerId, versions) => ledger.judge(ledgerId, versions),
    appendSteps: (steps) => plan.appendSteps(steps),
    countUnchanged: (items, bytes) => plan.countUnchanged(items, bytes),
    noteUnmapped: (names, untold) => unmapped.note(names, untold),
    noteLosses: (counts) => plan.noteLosses(counts),
    finishPlan: (digest) => plan.finishPlan(digest),
    claim: (limit, side) => claims.claim(limit, side),
    claimInert: (limit, side) => inert.claim(limit, side),
    begin: (stepIds, now) => claims.begin(stepIds, now),
    reviseSteps: (revised) => work.revise(revised),
    noteHashes: (hashes) => intents.noteHashes(hashes),
    openIntents: () => intents.open(),
    forgetIntents: (settled) => intents.forget(settled),
    release: (stepIds) => claims.release(stepIds),
    commit: (outcomes) => work.commit(outcomes),
    doubtfulEntries: (machineStart) => marks.doubtful(machineStart),
    reviseEntries: (revised) => work.reviseEntries(revised),
    beginMarks: (machineStart, isLate) => marks.begin(machineStart, isLate),
    nextMark: () => marks.next(),
    settleMark: (mark) => marks.settle(mark),
    saveCheckpoint: (stepId, checkpoint) => work.saveCheckpoint(stepId, checkpoint),
    requeue: (maxAttempts) => claims.requeue(maxAttempts),
    unverified: () => unverified.all(),
    foldersWritten: (side) => folders.written(side),
    recordRest: (rules) => rest.record(rules),
    log: (severity, message) => work.log(severity, message),
  };
}
