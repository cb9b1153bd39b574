/** Counts what it is told of. */
export class StatementCounter {
  private readonly statements: string[] = [];

  readonly observe = (statement: string): void => void this.statements.push(statement);

  /** Statements of the work, in order. */
  async of(work: () => Promise<unknown>): Promise<readonly string[]> {
    this.statements.length = 0;
    await work();
    return this.statements.slice();
  }
}
