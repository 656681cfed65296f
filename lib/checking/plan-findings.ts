import { dependencyNotRunning } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { BoundEntry, Entry } from '../hosting/entry.ts';
import { absentOnes, graphOf, unmetRequirements, type Absent } from '../hosting/plan-graph.ts';
import { privilegeFaults, unloadableOwner } from '../hosting/planning.ts';
import type { TrialHost } from '../hosting/trial-host.ts';
import { anchorOf, dependencyAnchor } from './anchors.ts';
import type { Finding } from './finding.ts';

/**
 * What is wrong between plugins, and within their containers. What only follows from the fault of another is not told: that
 * one is.
 */
export function planFindings(
  present: readonly BoundEntry[],
  staged: readonly Entry[],
  { services, roster }: Pick<TrialHost, 'services' | 'roster'>,
): readonly Finding[] {
  const absent = absentOnes(present, staged, roster);
  const graph = graphOf(present, absent, { services, roster });
  const unmet = unmetRequirements(present, absent);
  return present.flatMap((entry): Finding[] => {
    const { name } = entry.row;
    const faults = [
      ...graph.faults.filter((error) => error.plugin === name && !isToldOtherwise(error, entry, absent)),
      ...(unmet.get(name) ?? []),
      ...entry.container.faults((token) => services.isRequestScoped(token)),
      ...privilegeFaults(entry),
    ];
    const waits = (graph.dependencies.get(name) ?? []).flatMap(({ on, via, optional }): Finding[] => {
      if (optional || roster.find(on)?.row.state !== 'disabled') return [];
      const error = dependencyNotRunning(name, [name, on], 'disabled');
      return [{ error, anchor: dependencyAnchor(via, entry) }];
    });
    return [...faults.map((error) => ({ error, anchor: anchorOf(error, entry) })), ...waits];
  });
}

/** Whether what is missing would come from a plugin that can't be loaded, or is asked for in a way that nobody can answer. */
function isToldOtherwise(
  { code, path }: PluginError,
  { loaded, container }: BoundEntry,
  absent: readonly Absent[],
): boolean {
  if (code !== 'MISSING_IMPORT') return false;
  const need = container.needs.find((one) => one.path === path);
  return need?.multiple === true || unloadableOwner(loaded, absent) !== undefined;
}
