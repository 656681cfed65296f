import type { PluginStatus } from 'plugboard';
import { explainAll } from './explain.ts';
import { textTable } from './text-table.ts';

/** All plugins for people to read: a row each, and below the table the reason and the fix of each that failed. */
export function statusTable(plugins: readonly PluginStatus[]): string {
  const rows = plugins.map(({ name, version, state, startMs, routes }) => [
    name,
    version,
    state,
    startMs === undefined ? '' : `${startMs.toFixed(0)} ms`,
    routes.map(({ method, path }) => `${method} ${path}`).join('\n'),
  ]);
  return `${textTable(['plugin', 'version', 'state', 'time', 'routes'], rows)}\n${explainAll(plugins)}`;
}
