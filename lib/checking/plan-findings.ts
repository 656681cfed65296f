import { dependencyNotRunning } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { BoundEntry, Entry } from '../hosting/entry.ts';
import { absentOnes, graphOf, unmetRequirements, type Absent } from '../hosting/plan-graph.ts';
import { privilegeFaults, unloadableOwner } from '../hosting/planning.ts';
import { anchorOf, dependencyAnchor } from './anchors.ts';
import type { Finding } from './finding.ts';
import type { TrialHost } from './trial-host.ts';

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
      ...graph.faults.filter((error) => error.plugin === name && !isOfAnother(error, entry, absent)),
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

function isOfAnother({ code }: PluginError, { loaded }: BoundEntry, absent: readonly Absent[]): boolean {
  return code === 'MISSING_IMPORT' && unloadableOwner(loaded, absent) !== undefined;
}
