import { Budget, type BudgetSnapshot, type BudgetState } from '@sluice/core/http';
import type { Base } from '../base.js';
import { newId } from '../graphql/ids.js';
import { BudgetStore, type BudgetKey, type BudgetRow } from './store.js';

const DEFAULT_RESERVE_SHARE = 0.02;

/** Calls that the runs in progress need of one budget, and when they are made; null while that is unknown. */
export interface Forecast {
  callsNeeded: number | null;
  finishAt: Date | null;
}

interface OpenBudget {
  id: string;
  budget: Budget;
  /** The latest save; the next one waits for it, so that an older state never overwrites a newer one. */
  saving: Promise<void>;
}

/** One budget for each API host and client, shared by all connections of this process and kept in the store. */
export class BudgetPool {
  readonly store: BudgetStore;
  /** Forecasts of budgets by identifier; the domain of runs sets it, without which nothing needs calls. */
  forecastsOf: (budgetIds: readonly string[]) => Promise<Forecast[]> = async (ids) =>
    ids.map(() => ({ callsNeeded: 0, finishAt: null }));
  private readonly opened = new Map<string, Promise<OpenBudget>>();

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'changes' | 'random' | 'log'>) {
    this.store = new BudgetStore(base);
  }

  /** The budget of a client at a host, made at first use. `label` names the client to people. */
  open(key: BudgetKey, label: string): Promise<{ id: string; budget: Budget }> {
    return this.openOnce(key, async () => (await this.store.byKey(key)) ?? (await this.create(key, label)));
  }

  async snapshot(row: BudgetRow): Promise<BudgetSnapshot> {
    return (await this.openOnce(row, async () => row)).budget.snapshot();
  }

  private openOnce({ apiHost, client }: BudgetKey, read: () => Promise<BudgetRow>): Promise<OpenBudget> {
    const name = JSON.stringify([apiHost, client]);
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = read().then((row) => this.made(row));
    this.opened.set(name, opening);
    opening.catch(() => this.opened.delete(name));
    return opening;
  }

  /** Takes an administrator's settings; what is absent stays. */
  async configure(
    row: BudgetRow,
    settings: Partial<Pick<BudgetRow, 'reserveShare' | 'hourlyLimit' | 'spikeLimit'>>,
  ): Promise<void> {
    await this.store.update(row.id, settings);
    (await this.open(row, row.label)).budget.configure(settings);
  }

  /** Waits until the state of every budget is stored. */
  async settle(): Promise<void> {
    for (const opening of this.opened.values()) await (await opening).saving;
  }

  private made(row: BudgetRow): OpenBudget {
    const { apiHost, client, reserveShare, hourlyLimit, spikeLimit } = row;
    const open: OpenBudget = {
      id: row.id,
      saving: Promise.resolve(),
      budget: new Budget({
        key: { apiHost, client },
        clock: this.base.clock,
        random: this.base.random,
        saved: row.state as BudgetState | null,
        settings: { reserveShare, hourlyLimit, spikeLimit },
        save: (state) => this.save(open, state),
      }),
    };
    return open;
  }

  private async create({ apiHost, client }: BudgetKey, label: string): Promise<BudgetRow> {
    const updatedAt = new Date(this.base.clock.now());
    const settings = { reserveShare: DEFAULT_RESERVE_SHARE, hourlyLimit: null, spikeLimit: null };
    const row = { id: newId('bud'), apiHost, client, label, ...settings, state: null, updatedAt };
    await this.store.insert(row);
    return (await this.store.byKey({ apiHost, client })) ?? row;
  }

  private save(open: OpenBudget, state: BudgetState): void {
    open.saving = open.saving
      .then(() => this.store.update(open.id, { state }))
      .catch((error: unknown) => this.base.log.error({ err: error as Error }, 'a budget could not be stored'));
  }
}
