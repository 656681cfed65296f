import { buildGraph, type DependencyGraph, type GraphNode } from '../container/dependency-graph.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { checkRequirements, type Versioned } from '../plugin/requirements.ts';
import { builtInTokens } from '../services/built-ins.ts';
import type { BoundEntry, Entry, LiveEntry } from './entry.ts';
import type { HostServices } from './host-services.ts';
import { ownVersion } from './own-version.ts';
import type { Roster } from './roster.ts';

/** A plugin that is known and does not take part: it is disabled, broken, or was taken down. */
export interface Absent {
  readonly name: string;
  readonly node: GraphNode;
  /** Why nothing of it could ever be loaded. */
  readonly unloadable: PluginError | undefined;
}

/** Everyone on the roster that is not among `present`, with what it would export as far as that is known. */
export function absentOnes(
  present: readonly BoundEntry[],
  staged: readonly Entry[],
  roster: Roster,
): readonly Absent[] {
  const names = new Set(present.map(({ row }) => row.name));
  const byName = new Map(staged.map((entry) => [entry.row.name, entry]));
  return roster.members
    .filter(({ name }) => !names.has(name))
    .map(({ name, entry, unloadable }) => {
      const exports = (byName.get(name) ?? entry)?.loaded.options.exports ?? [];
      const isUnreadable = unloadable !== undefined;
      return {
        name,
        unloadable,
        node: { name, exports, needs: [], bound: exports, requires: [], isUnreadable },
      };
    });
}

/** Who needs whom. Of two who export one token the first has it. */
export function graphOf(
  present: readonly BoundEntry[],
  absent: readonly Absent[],
  { services, roster }: { readonly services: HostServices; readonly roster: Roster },
): DependencyGraph {
  const ranks = new Map(roster.members.map(({ name }, index) => [name, index]));
  const substituted = new Set(present.flatMap(({ substitutes }) => [...substitutes.keys()]));
  // The absent come last: a plugin that is not there takes no export away from one that is.
  return buildGraph([...present.map((entry) => toNode(entry, ranks)), ...absent.map(({ node }) => node)], {
    tokens: [...builtInTokens, ...services.container.records.map(({ token }) => token)],
    offers: (need) => services.ownerOf(need.token) !== undefined || substituted.has(need),
  });
}

/** Those of `kept` that stand on something that changes, or will. */
export function followersOf(
  changed: ReadonlySet<string>,
  kept: readonly LiveEntry[],
  graph: DependencyGraph,
): ReadonlySet<string> {
  const affected = new Set(changed);
  const followers = new Set<string>();
  const isTouched = ({ row, foundations }: LiveEntry): boolean =>
    [...foundations.keys()].some((name) => affected.has(name)) ||
    (graph.dependencies.get(row.name) ?? []).some(({ on }) => affected.has(on));
  for (let before = -1; before < followers.size;) {
    before = followers.size;
    for (const entry of kept) {
      const { name } = entry.row;
      if (affected.has(name) || !isTouched(entry)) continue;
      affected.add(name);
      followers.add(name);
    }
  }
  return followers;
}

/** By plugin: what it requires and does not find. */
export function unmetRequirements(
  present: readonly BoundEntry[],
  absent: readonly Absent[],
): ReadonlyMap<string, readonly PluginError[]> {
  const names = new Set(present.map(({ row }) => row.name));
  const known = new Set([...names, ...absent.map(({ name }) => name), 'plugboard']);
  return checkRequirements(
    present.map((entry) => toVersioned(entry, names, known)),
    ownVersion,
  );
}

// Of a plugin that is not there the version may be unknown: who requires it waits for it, whatever it will be.
// And what stands in for an import stands in for the plugin that it would come from, too.
function toVersioned(
  { row, loaded, substitutes }: BoundEntry,
  present: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Versioned {
  const requires = Object.entries(loaded.requires).filter(
    ([name]) => name === 'plugboard' || present.has(name) || (substitutes.size === 0 && !known.has(name)),
  );
  return { name: row.name, version: loaded.identity.version, requires: Object.fromEntries(requires) };
}

function toNode({ row, loaded, container }: BoundEntry, ranks: ReadonlyMap<string, number>): GraphNode {
  return {
    name: row.name,
    needs: container.needs,
    exports: loaded.options.exports ?? [],
    bound: container.records.map(({ token }) => token),
    requires: Object.keys(loaded.requires),
    decorates: loaded.options.decorates?.map(([token]) => token),
    rank: ranks.get(row.name),
  };
}
