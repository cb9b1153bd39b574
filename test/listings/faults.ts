import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '@sluice/procore-sandbox';
import { memorySide, Projects, Shares, type Side } from '../support/effects/sides.js';
import { seeded } from '../support/random.js';
import { startEmptySandbox } from '../support/sandbox.js';
import { FOLDERS, Mirror } from './mirror.js';
import { procoreFault, TamperedPages } from './procore-faults.js';
import { streamFault, type Dice } from './stream-faults.js';

/** What a campaign came to; all three are to be empty or zero. */
export interface Campaign {
  removals: number;
  /** Files that differ at the destination. */
  changes: string[];
  /** Where a real deletion was not followed afterwards, so that no removal proves nothing. */
  unfollowed: string[];
  /** How often each fault came. */
  faults: Record<string, number>;
}

/** Faults one after the other before copies with MIRROR: at shares, at Procore as the source, and as the destination. */
export async function listingFaults(count: number, seed: number): Promise<Campaign> {
  const random = seeded(seed);
  const dice: Dice = (below) => Math.floor(random() * below);
  const each = Math.ceil(count / 3);
  const campaign: Campaign = { removals: 0, changes: [], unfollowed: [], faults: {} };
  await using shares = new Shares();
  await run(campaign, 'share', each, await new Mirror(shares.side(), shares.side()).copied(), (mirror) =>
    dice(2) === 0 ? atShare(mirror, shares, dice) : inStream(mirror, dice),
  );
  const pages = new TamperedPages(dice);
  const sandbox = await startEmptySandbox();
  try {
    const projects = new Projects(sandbox, { fetch: pages.fetch, pageSize: 5 });
    const another = await projects.side();
    await another.put('other.txt', 'of another project');
    const from = await new Mirror(await projects.side(), memorySide()).copied();
    await run(campaign, 'from Procore', each, from, (mirror) => atProcore(mirror, sandbox, pages, another, dice));
    const to = await new Mirror(memorySide(), await projects.side()).copied();
    await run(campaign, 'to Procore', each, to, (mirror) =>
      dice(3) === 0 ? inStream(mirror, dice) : atProcore(mirror, sandbox, pages, null, dice),
    );
  } finally {
    await sandbox.close();
  }
  return campaign;
}

async function run(
  campaign: Campaign,
  place: string,
  count: number,
  mirror: Mirror,
  fault: (mirror: Mirror) => Promise<string>,
): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const name = `${place}: ${await fault(mirror)}`;
    campaign.faults[name] = (campaign.faults[name] ?? 0) + 1;
    if (mirror.removals > 0) campaign.changes.push(`${name} removed ${mirror.removals}`);
    campaign.removals += mirror.removals;
    mirror.removals = 0;
  }
  campaign.changes.push(...(await mirror.changes()).map((path) => `${place}: ${path}`));
  if (!(await mirror.followsDeletion())) campaign.unfollowed.push(place);
}

async function inStream(mirror: Mirror, dice: Dice): Promise<string> {
  const { name, between } = streamFault(dice);
  await mirror.run(between);
  return name;
}

async function atProcore(
  mirror: Mirror,
  sandbox: Sandbox,
  pages: TamperedPages,
  another: Side | null,
  dice: Dice,
): Promise<string> {
  if (another !== null && dice(12) === 0) {
    mirror.source = another;
    await mirror.run();
    mirror.source = mirror.own;
    return 'another root';
  }
  const { name, end } = procoreFault(sandbox, pages, dice);
  await mirror.run();
  end();
  return name;
}

/** Something happens to the folders of the source's share themselves. */
async function atShare(mirror: Mirror, shares: Shares, dice: Dice): Promise<string> {
  const root = shares.folderOf(mirror.own);
  const aside = mkdtempSync(join(tmpdir(), 'sluice-aside-'));
  const place = (...names: string[]) => join(root, ...names);
  const gone = join(aside, 'gone');
  const folder = FOLDERS[dice(FOLDERS.length)]!;
  const faults: Record<string, () => () => void> = {
    'missing root': () => {
      renameSync(root, gone);
      return () => renameSync(gone, root);
    },
    'another root': () => {
      renameSync(root, gone);
      mkdirSync(root);
      if (dice(2) === 0) mkdirSync(place('other'));
      return () => {
        rmSync(root, { recursive: true });
        renameSync(gone, root);
      };
    },
    'empty root': () => {
      mkdirSync(gone);
      const names = readdirSync(root);
      for (const name of names) renameSync(place(name), join(gone, name));
      return () => {
        for (const name of names) renameSync(join(gone, name), place(name));
      };
    },
    'a link in place of a folder': () => {
      renameSync(place(folder), gone);
      symlinkSync(gone, place(folder));
      return () => {
        rmSync(place(folder));
        renameSync(gone, place(folder));
      };
    },
  };
  const names = Object.keys(faults);
  const name = names[dice(names.length)]!;
  const mend = faults[name]!();
  await mirror.run();
  mend();
  rmSync(aside, { recursive: true });
  return name;
}
