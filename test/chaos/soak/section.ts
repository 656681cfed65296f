/** One part of the soak's report. */
export interface Section {
  /** Markdown. */
  readonly table: string;
  /** What was claimed and is not so. */
  readonly broken: readonly string[];
}

/** The first row is the head. */
export function markdown(title: string, [head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
