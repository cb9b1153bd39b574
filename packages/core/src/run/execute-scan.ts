import { identityOf, PlatformError, unpackItems, type Item, type PackedListing } from '../platform/index.js';
import { pathKey } from '../plan/index.js';
import { unprovenBecause } from '../prove/index.js';
import { ScanTally } from '../scan/index.js';
import { compareContents } from './compare-contents.js';
import { callTo, Waits, type RunEnd } from './context.js';
import { partsOf } from './list.js';
import { problemStep } from './problem-step.js';
import type { StagedFolder, StagedProblem } from './ports/index.js';
import type { ActiveScan, ScanContext } from './scan-context.js';
import type { SizedFile } from './scan-ports.js';
import { Sifter } from './sifter.js';
import { StepWriter } from './step-writer.js';
import { tellLeftOut } from './left-out-steps.js';

/**
 * One scan from where it stands to its end. It lists the place once and keeps what the listing shows; then files of equal sizes
 * are read. A listing that was interrupted begins again, the reading goes on. May be called again after a crash or a stop.
 */
export async function executeScan(given: ScanContext): Promise<RunEnd> {
  const scan = { ...given, waits: new Waits((until) => given.report.waiting(until)) };
  try {
    const phase = await scan.store.phase();
    if (phase === 'DONE') return { kind: 'DONE' };
    if (phase !== 'VERIFYING') await listPlace(scan);
    if (!(await compareContents(scan))) return { kind: 'STOPPED' };
    await scan.scans.finish();
    await scan.store.enter('DONE');
    return { kind: 'DONE' };
  } catch (error) {
    if (scan.control.signal.aborted) return { kind: 'STOPPED' };
    if (!(error instanceof PlatformError)) throw error;
    return error.kind === 'ABORTED' ? { kind: 'STOPPED' } : { kind: 'BROKEN', error };
  }
}

async function listPlace(scan: ActiveScan): Promise<void> {
  const { source, sourceRoot, store, scans, clock, control } = scan;
  await store.reset();
  await scans.reset();
  await store.enter('LISTING');
  const root = await findFolder(scan);
  const sifter = new Sifter(scan.rules ?? [], sourceRoot, clock.now(), ['FILE', 'FOLDER']);
  const listing = new ScanListing(scan, sifter);
  const rules = sifter.isEmpty ? {} : { rules: sifter.rules };
  const request = { folder: { path: sourceRoot }, ...rules };
  for await (const part of partsOf(source.source!, request, callTo('SOURCE', scan, control.signal)))
    await listing.take(part);
  await listing.finish(root);
  await store.enter('VERIFYING');
}

async function findFolder({ source, sourceRoot, control, ...scan }: ActiveScan): Promise<Item> {
  const root = await source.find({ path: sourceRoot }, callTo('SOURCE', scan, control.signal));
  if (source.source === undefined) throw new PlatformError('REJECTED', 'The source cannot be listed.');
  if (root?.kind === 'FOLDER') return root;
  throw new PlatformError('NOT_FOUND', `The source folder "/${sourceRoot.join('/')}" does not exist.`, {
    remedy: 'Choose another folder in the job, or create it.',
  });
}

/** Takes a listing in, part by part. */
class ScanListing {
  private readonly tally: ScanTally;
  private readonly writer: StepWriter;
  private isComplete = true;
  private proof: PackedListing['proof'] = null;
  private arrived = 0;

  constructor(
    private readonly scan: ActiveScan,
    private readonly sifter: Sifter,
  ) {
    const { source, sourceRoot: root, others, clock } = scan;
    this.tally = new ScanTally({ root, others, now: clock.now(), isCaseSensitive: source.limits.isCaseSensitive });
    this.writer = new StepWriter(scan.store, clock);
    sifter.begin();
  }

  async take({ folders, problems, proof }: PackedListing): Promise<void> {
    for (const { count, folder } of folders) {
      this.arrived += count;
      if (count > 0) this.tally.noteFilled(folder);
    }
    const staged = folders.map((items) => ({ key: this.keyOf(items.folder), items }));
    await this.keep(this.sifter.isEmpty ? staged : this.sifter.sift(staged).kept);
    const met = problems.map((problem) => ({ key: this.keyOf(problem.path), problem }));
    for (const one of this.sifter.problemsIn(met)) await this.note(one);
    this.proof ??= proof;
  }

  /** At once what is listed at once: a tree may have as many folders as files. */
  private async keep(folders: readonly StagedFolder[]): Promise<void> {
    const files: SizedFile[] = [];
    for (const { items } of folders) {
      this.tally.add(items);
      this.scan.report.discovered(items.count, items.bytes);
      files.push(...unpackItems(items).filter((item): item is SizedFile => this.isComparable(item)));
    }
    if (files.length > 0) await this.scan.scans.addFiles(files);
    // Neither a store in the same thread nor a listing that is ahead waits for anything: others get their turn.
    await this.scan.clock.sleep(0);
  }

  /** Files without content are equal and waste nothing. */
  private isComparable({ kind, size, sha256 }: Item): boolean {
    return kind === 'FILE' && size !== null && size > 0 && (this.scan.mayRead || sha256 !== null);
  }

  private async note(problem: StagedProblem): Promise<void> {
    const { path, kind } = problem.problem;
    this.isComplete &&= kind === 'SPECIAL';
    // What lies there, or is of another kind, is not known to be nothing.
    this.tally.noteFilled(path);
    this.tally.noteFilled(path.slice(0, -1));
    await this.writer.add(problemStep(problem));
  }

  private keyOf(path: readonly string[]): string {
    return pathKey(path.slice(this.scan.sourceRoot.length));
  }

  async finish(root: Item): Promise<void> {
    const { store, scans, mayRead } = this.scan;
    const reason = unprovenBecause({ proof: this.proof, arrived: this.arrived, root: identityOf(root) });
    if (reason !== null) await this.note(this.unproven(reason));
    await tellLeftOut({ sifter: this.sifter }, store, this.writer);
    await store.finishPlan(await this.writer.finish());
    await scans.keepFigures({ ...this.tally.figures(), isComplete: this.isComplete, isCompared: mayRead });
  }

  private unproven(reason: string): StagedProblem {
    const error = new PlatformError('PLATFORM_ERROR', reason, { remedy: 'Run the job again later.' });
    return { key: '', problem: { path: this.scan.sourceRoot, kind: 'PART', error } };
  }
}
