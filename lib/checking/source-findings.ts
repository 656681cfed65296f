import { loadWarning, undocumented } from '../errors/check-errors.ts';
import type { Candidate } from '../hosting/loading.ts';
import { anchorOfSource, placeIn } from './anchors.ts';
import type { Finding } from './finding.ts';
import type { Refusal, TrialHost } from './trial-host.ts';

/** What can't be loaded or has no row to be had, and what loading and manifests have to tell of the others. */
export function sourceFindings({ candidates, refusals, roster }: TrialHost): readonly Finding[] {
  const isDisabled = (name: string): boolean => roster.find(name)?.row.state === 'disabled';
  return [
    ...refusals.map((refusal) => refusalFinding(refusal, candidates)),
    ...candidates.flatMap((candidate) =>
      candidate.kind === 'loaded' && !isDisabled(candidate.plugin.identity.name)
        ? loadedFindings(candidate)
        : [],
    ),
  ];
}

function refusalFinding({ error }: Refusal, candidates: readonly Candidate[]): Finding {
  for (const candidate of candidates) {
    const { source } = candidate;
    if (candidate.kind === 'broken') {
      if (candidate.error === error) return { error, anchor: anchorOfSource(error, source) };
    } else if (candidate.plugin.origin === error.path?.at(-1)) {
      const type = candidate.plugin.pluginClass;
      return { error, anchor: { kind: 'option', type, option: 'name' } };
    }
  }
  return { error };
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
    ...(description === '' ? ['no description'] : []),
    ...(hasFolder && readme === undefined ? ['no README.md'] : []),
  ];
  if (missing.length === 0) return told;
  const anchor = { kind: 'option', type: pluginClass, option: 'description' } as const;
  return [...told, { error: undocumented(name, missing), anchor }];
}
