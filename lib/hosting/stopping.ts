import type { PluginError } from '../errors/plugin-error.ts';
import type { PlannedEntry } from './entry.ts';

/** Stops every running plugin, dependants first. Never rejects; what failed is in the row and told to `onFaults`. */
export async function stopAll(
  entries: readonly PlannedEntry[],
  order: readonly string[],
  onFaults: (faults: readonly PluginError[]) => void,
): Promise<void> {
  const byName = new Map(entries.map((entry) => [entry.row.name, entry]));
  for (const name of order.toReversed()) {
    const entry = byName.get(name);
    if (entry) onFaults(await stopOne(entry));
  }
}

async function stopOne({ row }: PlannedEntry): Promise<readonly PluginError[]> {
  if (row.state !== 'running') return [];
  row.on('drain');
  const faults = (await row.generation?.stop()) ?? [];
  const [first] = faults;
  if (first) row.fail(first);
  else row.on('stopped');
  return faults;
}
