import { loadWarning, undocumented } from '../errors/check-errors.ts';
import { ManifestError } from '../errors/manifest-errors.ts';
import type { Candidate } from '../hosting/loading.ts';
import type { Refusal, TrialHost } from '../hosting/trial-host.ts';
import { pluginRoot } from '../discovery/source.ts';
import { anchorOfSource, placeIn } from './anchors.ts';
import type { Finding } from './finding.ts';

/** What can't be loaded or has no row to be had, and what loading and manifests have to tell of the others. */
export function sourceFindings({ candidates, refusals, roster }: TrialHost): readonly Finding[] {
  const isDisabled = (name: string): boolean => roster.find(name)?.row.state === 'disabled';
  return [
    ...refusals.flatMap((refusal) => refusalFindings(refusal, candidates)),
    ...candidates.flatMap((candidate) =>
      candidate.kind === 'loaded' && !isDisabled(candidate.plugin.identity.name)
        ? loadedFindings(candidate)
        : [],
    ),
  ];
}

function refusalFindings({ error }: Refusal, candidates: readonly Candidate[]): Finding[] {
  for (const candidate of candidates) {
    const { source } = candidate;
    if (candidate.kind === 'broken') {
      if (candidate.error !== error) continue;
      const others = error instanceof ManifestError ? error.others : [];
      return [error, ...others].map((fault) => ({ error: fault, anchor: anchorOfSource(fault, source) }));
    } else if (candidate.plugin.origin === error.path?.at(-1)) {
      const type = candidate.plugin.pluginClass;
      return [{ error, anchor: { kind: 'option', type, option: 'name' } }];
    }
  }
  return [{ error }];
}

function loadedFindings({ source, plugin }: Extract<Candidate, { kind: 'loaded' }>): Finding[] {
  const { identity, warnings, pluginClass } = plugin;
  const { name, description, readme } = identity;
  const told = warnings.map((warning): Finding => {
    const error = loadWarning(name, warning);
    // It begins with the line, as the messages of errors do.
    const [where = ''] = warning.split(' ');
    return { error, anchor: placeIn(where, source) ?? { kind: 'class', type: pluginClass } };
  });
  const hasFolder = source.kind === 'folder' || source.kind === 'package';
  const missing = [
    ...(description === '' ? ['description' as const] : []),
    ...(hasFolder && readme === undefined ? ['README.md' as const] : []),
  ];
  if (missing.length === 0) return told;
  const anchor = { kind: 'option', type: pluginClass, option: 'description' } as const;
  return [...told, { error: undocumented(name, missing, pluginRoot(source)), anchor }];
}
