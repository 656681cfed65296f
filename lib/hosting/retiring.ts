import type { PluginError } from '../errors/plugin-error.ts';
import type { CollectionWatch } from '../supervision/collection-watch.ts';
import type { Generation } from '../supervision/generation.ts';
import type { Departures } from './departures.ts';
import type { LiveEntry } from './entry.ts';
import type { ExtensionBoard } from './extension-board.ts';
import type { LeftResources } from './left-resources.ts';
import type { LoadedPlugin } from './loading.ts';
import type { MonitorBoard } from './monitor-board.ts';
import type { Roster } from './roster.ts';
import type { Serving } from './serving.ts';

/** What a change leaves behind, to be drained, stopped and forgotten. */
export interface Remains {
  /** Those that do not serve any more, dependants first. */
  readonly generations: readonly LiveEntry[];
  /** Those that had to stop before anything could take their place. */
  readonly stopped: readonly LiveEntry[];
  /** Code that may not be needed any more. */
  readonly code: ReadonlySet<LoadedPlugin>;
}

export interface RetiringParts {
  readonly roster: Roster;
  readonly serving: Serving;
  readonly extensions: ExtensionBoard;
  readonly monitors: MonitorBoard;
  readonly leftResources: LeftResources;
  readonly departures: Departures;
  /** Told of generations whose code was forgotten: they must become garbage. */
  readonly collection: CollectionWatch;
  /** Of what no row tells. */
  onStopFaults(live: LiveEntry, faults: readonly PluginError[]): void;
}

/**
 * Lets the requests of old generations finish, stops them, dependants first, and forgets code that nobody runs any more.
 * Never rejects; what failed is in the row of a plugin that is taken down, or else told to `onStopFaults`.
 */
export async function retire({ generations, stopped, code }: Remains, parts: RetiringParts): Promise<void> {
  const { departures, collection, leftResources } = parts;
  await departures.during(generations, stopAll(generations, parts));
  const idle = [...new Set([...code, ...generations.map((live) => live.loaded)])].filter(
    (loaded) => !isToRun(loaded, parts),
  );
  for (const loaded of idle) {
    // What its modules have begun when they were loaded.
    if (!isModuleShared(loaded, parts)) await leftResources.settle(loaded.scope);
  }
  const unused = idle.filter((loaded) => !isShown(loaded, parts));
  for (const loaded of unused) loaded.dispose();
  for (const live of [...generations, ...stopped]) {
    if (unused.includes(live.loaded)) watchCollection(live, collection);
  }
}

async function stopAll(generations: readonly LiveEntry[], parts: RetiringParts): Promise<void> {
  await letFinish(generations, parts);
  for (const live of generations) {
    const { row, generation } = live;
    const faults = await endGeneration(generation, parts);
    const isLast = row.state === 'draining' && row.generation === generation.number;
    const [first, ...others] = faults;
    parts.onStopFaults(live, isLast ? others : faults);
    if (!isLast) continue;
    if (first) row.fail(first);
    // What was unloaded is out, even where it has failed in that. A host that was closed goes on showing which have.
    if (!first || parts.roster.find(row.name)?.entry) row.on('stopped');
  }
}

/** Waits for the requests of generations, and for those to be gone that were replaced before them and must not outlive them. */
export async function letFinish(
  generations: readonly LiveEntry[],
  { serving, departures }: Pick<RetiringParts, 'serving' | 'departures'>,
): Promise<void> {
  await Promise.all(
    generations.flatMap((live) => [
      serving.drain(live),
      departures.gone((other) => other.row === live.row || standsOn(other, live)),
    ]),
  );
}

/** Stops a generation that serves no request, with what it has begun; gives what failed. */
export async function endGeneration(
  generation: Generation,
  {
    serving,
    extensions,
    monitors,
    leftResources,
  }: Pick<RetiringParts, 'serving' | 'extensions' | 'monitors' | 'leftResources'>,
): Promise<readonly PluginError[]> {
  const faults = await generation.stop();
  await leftResources.settle(generation.scope);
  serving.forget(generation);
  extensions.close(generation);
  monitors.close(generation);
  return faults;
}

/** Whether code runs, or may run once more as it is. What was unloaded is loaded anew before it comes back. */
function isToRun(loaded: LoadedPlugin, { roster, departures }: RetiringParts): boolean {
  return (
    departures.some((live) => live.loaded === loaded) ||
    roster.members.some(
      ({ row, entry, live }) =>
        live?.loaded === loaded || (entry?.loaded === loaded && row.state !== 'stopped'),
    )
  );
}

/** A row tells what it was made of last, whether it runs or not. */
function isShown(loaded: LoadedPlugin, { roster }: RetiringParts): boolean {
  return roster.members.some(({ entry }) => entry?.loaded === loaded);
}

/** The modules of a class and of a package are loaded once: they are there for those as well that come later. */
function isModuleShared({ owned, pluginClass }: LoadedPlugin, { roster }: RetiringParts): boolean {
  return !owned && roster.members.some(({ entry }) => entry?.loaded.pluginClass === pluginClass);
}

/** A class that the app has passed in is the app's to keep. */
function watchCollection(
  { row, loaded, container, generation }: LiveEntry,
  collection: CollectionWatch,
): void {
  if (!loaded.owned) return;
  collection.watch(
    { plugin: row.name, generation: generation.number },
    { 'plugin class': loaded.pluginClass, container },
  );
}

/** Whoever stands on another comes before it. */
export function dependantsFirst(lives: readonly LiveEntry[]): readonly LiveEntry[] {
  const ordered = new Set<LiveEntry>();
  const visit = (live: LiveEntry): void => {
    for (const other of lives) if (standsOn(other, live) && !ordered.has(other)) visit(other);
    ordered.add(live);
  };
  for (const live of lives) visit(live);
  return [...ordered];
}

function standsOn({ foundations }: LiveEntry, { row, generation }: LiveEntry): boolean {
  return foundations.get(row.name) === generation;
}
