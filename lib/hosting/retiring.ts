import type { PluginError } from '../errors/plugin-error.ts';
import type { LiveEntry } from './entry.ts';
import type { LoadedPlugin } from './loading.ts';
import type { Roster } from './roster.ts';
import type { Serving } from './serving.ts';
import type { Remains } from './workshop.ts';

export interface RetiringParts {
  readonly roster: Roster;
  readonly serving: Serving;
  onStopFaults(faults: readonly PluginError[]): void;
}

/**
 * Lets the requests of old generations finish, stops them, dependants first, and forgets code that nobody runs any more.
 * Never rejects; what failed is in the row of a plugin that is taken down, and told to `onStopFaults`.
 */
export async function retire(
  { generations, code }: Remains,
  { roster, serving, onStopFaults }: RetiringParts,
): Promise<void> {
  await Promise.all(generations.map(async (live) => serving.drain(live)));
  for (const { generation, row } of generations) {
    const faults = await generation.stop();
    serving.forget(generation);
    onStopFaults(faults);
    const [first] = faults;
    if (row.state !== 'draining') continue;
    if (first) row.fail(first);
    else row.on('stopped');
  }
  for (const loaded of new Set([...code, ...generations.map((live) => live.loaded)])) {
    if (!isUsed(loaded, roster)) loaded.dispose();
  }
}

function isUsed(loaded: LoadedPlugin, { members }: Roster): boolean {
  return members.some(({ entry, live }) => entry?.loaded === loaded || live?.loaded === loaded);
}

/** Whoever stands on another comes before it. */
export function dependantsFirst(lives: readonly LiveEntry[]): readonly LiveEntry[] {
  const ordered = new Set<LiveEntry>();
  const visit = (live: LiveEntry): void => {
    for (const other of lives) {
      const stands = other.foundations.get(live.row.name) === live.generation;
      if (stands && !ordered.has(other)) visit(other);
    }
    ordered.add(live);
  };
  for (const live of lives) visit(live);
  return [...ordered];
}
