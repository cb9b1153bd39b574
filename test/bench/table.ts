/** Prints rows as a plain table; the first row is its head. Numbers stand to the right. */
export function printTable(rows: readonly (readonly (string | number)[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length))) ?? [];
  const line = (row: readonly (string | number)[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const [head, ...body] = rows.map(line);
  console.log([head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n'));
}
