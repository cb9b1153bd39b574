import { freeLimits, type BudgetLimits, type BudgetState, type BudgetStore, type StoredBudget } from '../http/index.js';

/** A budget's store for tests. Several budgets over one store are several processes that use one client. */
export class MemoryBudgetStore implements BudgetStore {
  private stored: BudgetState | null = null;
  private version = 0;
  private limits = freeLimits();
  /** Thrown by every use of the store while it is set. */
  trouble: Error | null = null;
  /** Versions that were stored. */
  writes = 0;

  /** `isShared` false: for one budget that is never killed, which is handed its own state again. */
  constructor(
    private readonly dayOf: () => number,
    private readonly isShared = true,
  ) {}

  read(known: number | null = null): Promise<StoredBudget> {
    if (this.trouble) return Promise.reject(this.trouble);
    const { limits, version } = this;
    const state = version === known ? null : this.state;
    return Promise.resolve({ state, limits, version, day: this.dayOf() });
  }

  write(state: BudgetState, version: number): Promise<boolean> {
    if (this.trouble) return Promise.reject(this.trouble);
    if (version !== this.version) return Promise.resolve(false);
    this.stored = this.isShared ? copyOf(state) : state;
    this.version += 1;
    this.writes += 1;
    return Promise.resolve(true);
  }

  /** Sets what an administrator sets. */
  configure(limits: Partial<BudgetLimits>): void {
    this.limits = { ...this.limits, ...limits };
    this.version += 1;
  }

  get state(): BudgetState | null {
    return this.isShared ? copyOf(this.stored) : this.stored;
  }
}

/** A copy of a state, in a small part of the time that JSON takes. Entries of its lists are never changed, only replaced. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice() as T;
  const copy = { ...value };
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = copyOf(copy[key]);
  return copy;
}
