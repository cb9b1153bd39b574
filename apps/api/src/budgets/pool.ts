import { Budget, snapshotOfStored, type BudgetSnapshot, type CallExperience } from '@sluice/core/http';
import type { BudgetRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { newId } from '../graphql/ids.js';
import { nameOfMachine } from '../machine.js';
import { SharedBudgetStore } from './shared-budget.store.js';
import { BudgetStore, type BudgetKey } from './budget.store.js';

const DEFAULT_RESERVE_SHARE = 0.02;
/** What a budget is before anybody has changed it. */
const NEW = { state: null, version: 0, settingsVersion: 1, updatedById: null };

/** Calls that the runs in progress need of one budget, and when they are made; null while that is unknown. */
export interface Forecast {
  callsNeeded: number | null;
  finishAt: Date | null;
}

interface OpenBudget {
  id: string;
  budget: Budget;
  shared: SharedBudgetStore;
}

/**
 * One budget for each API host and client. It is shared through its row by all connections of all processes on the
 * database: a process opens it by its key, and each call is taken from the row before it is sent.
 */
export class BudgetPool {
  readonly store: BudgetStore;
  /** Forecasts of budgets by identifier; the domain of runs sets it, without which nothing needs calls. */
  forecastsOf: (budgetIds: readonly string[]) => Promise<Forecast[]> = async (ids) =>
    ids.map(() => ({ callsNeeded: 0, finishAt: null }));
  private readonly opened = new Map<string, Promise<OpenBudget>>();
  private readonly process = newId('prc');
  private readonly machine = nameOfMachine();

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'changes' | 'random' | 'log'>) {
    this.store = new BudgetStore(base);
  }

  /** The budget of a client at a host, made at first use. `label` names the client to people. */
  open(key: BudgetKey, label: string): Promise<{ id: string; budget: Budget }> {
    const name = JSON.stringify([key.apiHost, key.client]);
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = this.load(key, label).then((row) => this.made(row));
    this.opened.set(name, opening);
    opening.catch(() => this.opened.delete(name));
    return opening;
  }

  /** What all processes know of a budget, by its row. */
  snapshot(row: BudgetRow): BudgetSnapshot {
    const { state, version, reserveShare, hourlyLimit, spikeLimit } = row;
    const limits = { reserveShare, hourlyLimit, spikeLimit };
    return snapshotOfStored({ state, version, limits, day: this.base.clock.now() }, this.base.clock, this.machine);
  }

  /** Takes an administrator's settings in place of those of the version `seen`; what is absent stays. Returns whether it did. */
  async configure(
    row: BudgetRow,
    settings: Partial<Pick<BudgetRow, 'reserveShare' | 'hourlyLimit' | 'spikeLimit' | 'updatedById'>>,
    seen: number | null,
  ): Promise<boolean> {
    const isTaken = await this.store.configure(row.id, settings, seen);
    if (isTaken) (await this.open(row, row.label)).budget.refresh();
    return isTaken;
  }

  /** Remembers what work that is done has taken of a budget. */
  async learn(budgetId: string, lesson: CallExperience): Promise<void> {
    const [row] = await this.store.byIds([budgetId]);
    if (row !== undefined) (await this.open(row, row.label)).budget.learn(lesson);
  }

  /** Stores what is known of every budget, and ends their use. */
  async close(): Promise<void> {
    for (const opening of this.opened.values()) {
      const open = await opening.catch(() => null);
      await open?.budget.close();
      await open?.shared.close();
    }
  }

  private async load(key: BudgetKey, label: string): Promise<BudgetRow> {
    return (await this.store.byKey(key)) ?? (await this.create(key, label));
  }

  private made({ id }: BudgetRow): OpenBudget {
    const { clock, random } = this.base;
    const shared = new SharedBudgetStore(this.base, this.store, id);
    return {
      id,
      shared,
      budget: new Budget({ clock, random, store: shared, process: this.process, machine: this.machine }),
    };
  }

  private async create({ apiHost, client }: BudgetKey, label: string): Promise<BudgetRow> {
    const updatedAt = new Date(this.base.clock.now());
    const settings = { reserveShare: DEFAULT_RESERVE_SHARE, hourlyLimit: null, spikeLimit: null };
    const row = { id: newId('bud'), apiHost, client, label, ...settings, ...NEW, updatedAt };
    await this.store.insert(row);
    return (await this.store.byKey({ apiHost, client })) ?? row;
  }
}
