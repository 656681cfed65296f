import Table from 'cli-table3';
import type { PluginStatus } from 'plugboard';

/** All plugins for people to read: a row each, and below the table the reason and the fix of each that failed. */
export function statusTable(plugins: readonly PluginStatus[]): string {
  const table = new Table({
    head: ['plugin', 'version', 'state', 'time', 'routes'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, version, state, startMs, routes } of plugins) {
    const time = startMs === undefined ? '' : `${startMs.toFixed(0)} ms`;
    table.push([
      name,
      version,
      state,
      time,
      routes.map(({ method, path }) => `${method} ${path}`).join('\n'),
    ]);
  }
  return [table.toString(), ...plugins.flatMap(explain)].join('\n');
}

function explain({ name, failure, warnings }: PluginStatus): readonly string[] {
  const warned = warnings.map((warning) => `\n! ${name}: ${warning}`);
  if (!failure) return warned;
  const { code, phase, message, fix } = failure;
  return [...warned, `\n✗ ${name} (${phase}, ${code})\n  ${indent(message)}\n  Fix: ${indent(fix)}`];
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
