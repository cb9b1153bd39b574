import { describe, expect, it } from 'vitest';
import type { MappingProblem } from '../mapping/index.js';
import { defaultPolicies, type Policies, type Transfer } from '../plan/index.js';
import type { Capabilities, Item } from '../platform/index.js';
import { createMemoryPlatform, item, MemoryEngineStore, step } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { Unheld } from './unheld.js';

const NONE = { level: 'NONE' } as const;
const problem = (value: string, isFlagged = false): MappingProblem => ({
  ...{ kind: 'METADATA', reason: 'UNMAPPED', field: 'phase', value, message: `“${value}” is not mapped.`, isFlagged },
});

/** A plan to a destination that holds everything but what is given. */
class Plan {
  readonly store = new MemoryEngineStore();
  readonly destination;
  readonly unheld: Unheld;

  constructor(capabilities: Partial<Capabilities> = {}, policies: Partial<Policies> = {}) {
    this.destination = createMemoryPlatform({ capabilities });
    const { destination, store } = this;
    const given = { destination, store, policies: { ...defaultPolicies('COPY'), ...policies } };
    this.unheld = new Unheld(activeContext(given));
  }

  note(over: Partial<Item>, problems: readonly MappingProblem[] = [], key = 'a'): this {
    this.unheld.note({ key, item: item(key, over) }, problems);
    return this;
  }

  new(over: Partial<Omit<Transfer, 'type'>>): this {
    this.unheld.noteNew(step('a', over));
    return this;
  }

  async losses() {
    await this.unheld.tell();
    return this.store.losses;
  }
}

describe('what of an item stays behind', () => {
  const rich = { description: 'Plan', fields: { phase: '2' }, tags: ['red'], isPrivate: true };

  it.each<[string, Partial<Capabilities>, Partial<Policies>, object]>([
    ['nothing', {}, { permissions: 'PRIVACY_FLAG' }, {}],
    ['description and fields', { METADATA_MAP: NONE }, { permissions: 'PRIVACY_FLAG' }, { DESCRIPTION: 1, FIELDS: 1 }],
    ['tags', { TAGS_MAP: NONE }, { permissions: 'PRIVACY_FLAG' }, { TAGS: 1 }],
    ['privacy', { PERMISSION_PRESERVATION: NONE }, { permissions: 'PRIVACY_FLAG' }, { PRIVACY: 1 }],
    ['privacy, as the job says', {}, {}, { PRIVACY_BY_JOB: 1 }],
  ])('is counted: %s', async (_, capabilities, policies, losses) => {
    expect(await new Plan(capabilities, policies).note(rich).losses()).toEqual(losses);
  });

  it('is nothing where it has nothing, whatever the destination lacks', async () => {
    const plan = new Plan({ METADATA_MAP: NONE, TAGS_MAP: NONE, PERMISSION_PRESERVATION: NONE });
    plan.note({}).note({ description: '', tags: [], fields: {}, isPrivate: false });
    expect(await plan.losses()).toEqual({});
    expect(plan.store.logged).toEqual([]);
  });

  it('is no field where the only one is the note of its version', async () => {
    const plan = new Plan({ METADATA_MAP: NONE });
    expect(await plan.note({ fields: { versionNotes: 'Rev B' } }).losses()).toEqual({});
    expect(await plan.note({ fields: { versionNotes: 'Rev B', phase: '2' } }).losses()).toEqual({ FIELDS: 1 });
  });

  it('is told in sentences, each loss once with its items', async () => {
    const plan = new Plan({ METADATA_MAP: NONE, TAGS_MAP: NONE });
    await plan
      .note({ tags: ['red'] })
      .note({ tags: ['red'], description: 'Plan' })
      .losses();
    expect(plan.store.logged).toEqual([
      { severity: 'WARNING', message: '2 items have tags that the destination cannot hold.' },
      { severity: 'WARNING', message: '1 item has a description that the destination cannot hold.' },
    ]);
    expect(plan.store.unmapped).toEqual([]);
  });
});

describe('a value that could not be mapped', () => {
  it.each<[string, Partial<Item>, MappingProblem[], object]>([
    ['is left out', {}, [problem('2')], { UNMAPPED: 1 }],
    ['flags its file', {}, [problem('2'), problem('3', true)], { FLAGGED: 1 }],
    ['is left out of a folder, which is never flagged', { kind: 'FOLDER' }, [problem('3', true)], { UNMAPPED: 1 }],
  ])('%s', async (_, over, problems, losses) => {
    expect(await new Plan().note(over, problems).losses()).toEqual(losses);
  });

  it('is told by its name with the items that have it', async () => {
    const plan = new Plan().note({}, [problem('2')], 'a').note({}, [problem('2')], 'b');
    await plan.losses();
    expect(plan.store.unmapped).toMatchObject([{ field: 'phase', value: '2', itemCount: 2, examples: ['a', 'b'] }]);
  });
});

describe('the note of a new file at a destination whose first versions have none', () => {
  const noted = { source: item('a', { fields: { versionNotes: 'Rev B' } }) };
  const former = { source: item('a', { formerVersions: 1 }) };
  const plan = (policies: Partial<Policies> = {}) => {
    const one = new Plan({}, policies);
    Object.assign(one.destination.destination!, { lacksFirstNote: true });
    return one;
  };

  it.each<[string, Parameters<Plan['new']>[0], object]>([
    ['of the source is lost', noted, { NOTE: 1 }],
    ['of a mapping is lost', { versionNote: 'For approval' }, { NOTE: 1 }],
    ['that is not there is not', {}, {}],
    ['of the first of several versions is lost', former, { FIRST_NOTE: 1 }],
    ['of a file that is there already is not', { ...noted, action: 'UPDATE' }, {}],
  ])('%s', async (_, over, losses) => {
    expect(await plan().new(over).losses()).toEqual(losses);
  });

  it('is lost alone where the job brings the newest version only', async () => {
    const { source } = noted;
    const one = plan({ maxVersions: 1 }).new({ source: { ...source, formerVersions: 2 } });
    expect(await one.losses()).toEqual({ NOTE: 1 });
  });

  it('is kept at any other destination', async () => {
    expect(await new Plan().new(noted).new(former).losses()).toEqual({});
  });
});
