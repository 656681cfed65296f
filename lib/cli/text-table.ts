import Table from 'cli-table3';

/** Rows for people to read, under their headings. Without colours: whoever pipes it gets the same. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
