import { compare, type ComparisonRow } from '@sluice/core/compare';
import { defaultPolicies, type Policies } from '@sluice/core/plan';
import type { WriteRequest } from '@sluice/core/platform';
import { executeRun, type ItemMapping } from '@sluice/core/run';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
  type MemoryPlatformOptions,
  type Seed,
} from '@sluice/core/testing';

/** A job between two platforms in memory, set up so that the engine takes one way of a row. */
export interface Scene {
  source?: MemoryPlatformOptions;
  destination?: MemoryPlatformOptions;
  policies?: Partial<Policies>;
  /** Absent: the job maps nothing. */
  mapping?: ItemMapping;
  /** Put at the source, one after the other. */
  seeds: readonly Seed[];
  /** What is done at both sides before the run, where seeds are not enough. */
  before?: (sides: Sides) => void;
}

export interface Sides {
  source: MemoryPlatform;
  destination: MemoryPlatform;
}

/** What a copy of the scene left behind, and what its steps tell, each as `OUTCOME REASON`. */
export interface Copied extends Sides {
  steps: Readonly<Record<string, string>>;
  row: ComparisonRow;
  /** What the engine asked the destination to write. */
  asked: readonly WriteRequest[];
}

/** An engine test of one way of a row: a name that the printed comparison refers to, and what has to be so after a copy. */
export interface Proof extends Scene {
  name: string;
  proves: (copied: Copied) => void | Promise<void>;
}

/** When the run is. */
export const NOW = Date.UTC(2026, 10, 21, 12);

/** Copies the scene once with the engine; `named` picks the row that the platforms of the scene give. */
export async function copy(scene: Scene, named: (row: ComparisonRow) => boolean): Promise<Copied> {
  const source = createMemoryPlatform({ tellsVersions: true, ...scene.source });
  const destination = createMemoryPlatform({ tellsVersions: true, without: ['direct'], ...scene.destination });
  const asked = recorded(destination);
  const policies = { ...defaultPolicies('COPY'), ...scene.policies };
  for (const seed of scene.seeds) source.seed([seed]);
  scene.before?.({ source, destination });
  const store = new MemoryEngineStore(new MemoryJob());
  const end = await executeRun({
    ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], policies, store },
    mapping: scene.mapping,
    clock: { now: () => NOW, monotonic: () => 0, sleep: async () => {} },
  });
  if (end.kind !== 'DONE') throw new Error(`The run ended with ${end.kind}.`);
  const row = compare(source, destination, policies).find(named)!;
  return { source, destination, steps: store.outcomes(), row, asked };
}

/** Every write that the platform is asked for from now on. */
function recorded({ destination }: MemoryPlatform): readonly WriteRequest[] {
  const asked: WriteRequest[] = [];
  const write = destination!.write.bind(destination);
  destination!.write = (request, call) => {
    asked.push(request);
    return write(request, call);
  };
  return asked;
}
