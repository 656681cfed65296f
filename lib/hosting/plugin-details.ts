import { isExtensionPoint } from '../plugin/extension-point.ts';
import type { PluginLink, PluginDetails } from '../plugin/details.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import { maskedCopy } from '../services/masked-copy.ts';
import { masked } from '../services/masked.ts';
import type { Secrets } from '../services/secrets.ts';
import type { Member, Roster } from './roster.ts';

/** What there is to read of a plugin; undefined where none has that name. */
export function describeDetails(name: string, roster: Roster, secrets: Secrets): PluginDetails | undefined {
  const member = roster.find(name);
  if (!member) return undefined;
  const { entry, live } = member;
  const options = entry?.loaded.options;
  const config = options?.config && live ? live.container.singleton(options.config) : undefined;
  return {
    name,
    origin: entry?.loaded.origin,
    requires: entry?.loaded.requires ?? {},
    baseUrl: entry?.settings.prefix ?? '',
    reload: options?.reload ?? 'overlap',
    timeouts: entry?.settings.timeouts,
    grants: entry?.settings.grants ?? [],
    config: masked(maskedCopy(config), secrets),
    dependencies: dependenciesOf(member, roster),
  };
}

function dependenciesOf(member: Member, roster: Roster): readonly PluginLink[] {
  const others = roster.members.filter((other) => other !== member);
  const options = member.entry?.loaded.options;
  const names = new Set(others.map(({ name }) => name));
  return [
    ...importsOf(member, others),
    ...(options?.decorates ?? []).flatMap(([token]) =>
      others
        .filter((other) => exportsOf(other).includes(token))
        .map((other) => ({ plugin: other.name, kind: 'decorates' as const, by: tokenName(token) })),
    ),
    ...(options?.contributes ?? []).flatMap(([point]) =>
      others
        .filter((other) => needsOf(other)?.includes(point))
        .map((other) => ({ plugin: other.name, kind: 'contributes' as const, by: tokenName(point) })),
    ),
    ...Object.entries(member.entry?.loaded.requires ?? {})
      .filter(([required]) => names.has(required))
      .map(([plugin, by]) => ({ plugin, kind: 'requires' as const, by })),
  ];
}

/** Of what does not run only the names of its imports are known. */
function importsOf(member: Member, others: readonly Member[]): readonly PluginLink[] {
  const needs = needsOf(member)?.filter((token) => !isExtensionPoint(token));
  const { imports } = member.row.status();
  return others.flatMap((other) =>
    exportsOf(other)
      .filter((token) => (needs ? needs.includes(token) : imports.includes(tokenName(token))))
      .map((token) => ({ plugin: other.name, kind: 'import' as const, by: tokenName(token) })),
  );
}

function exportsOf({ entry }: Member): readonly Token[] {
  return entry?.loaded.options.exports ?? [];
}

function needsOf({ live }: Member): readonly Token[] | undefined {
  return live && [...new Set(live.container.needs.map(({ token }) => token))];
}
