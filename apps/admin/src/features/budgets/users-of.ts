/** What a run needs of a budget. */
export interface Need {
  callsNeeded: number | null;
  finishAt: string | null;
}

interface RunInProgress {
  forecast: readonly (Need & { budget: { id: string } })[];
}

/** Runs that still need calls of a budget, those with the greatest need first; one that needs none is left out. */
export function usersOf<Run extends RunInProgress>(budgetId: string, runs: readonly Run[]): { run: Run; need: Need }[] {
  const users = runs.flatMap((run) => {
    const need = run.forecast.find(({ budget }) => budget.id === budgetId);
    return need && need.callsNeeded !== 0 ? [{ run, need }] : [];
  });
  return users.sort((one, other) => (other.need.callsNeeded ?? 0) - (one.need.callsNeeded ?? 0));
}
