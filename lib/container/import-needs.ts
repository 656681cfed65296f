import { tokenName, type Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import type { Injection } from './injections.ts';

/** A token that a plugin asks for and does not bind itself. */
export interface ImportNeed extends Injection {
  /** From the plugin to the token, through the classes between: `['billing', 'InvoiceStore', 'Clock']`. */
  readonly path: readonly string[];
}

export interface NeedSources {
  readonly plugin: string;
  readonly pluginClass: Token;
  readonly records: readonly BindingRecord[];
  /** Tokens that the author names because only a factory asks for them. */
  readonly declared: readonly Token[];
  /** Whether the plugin's own bindings answer this injection. */
  isOwn(injection: Injection): boolean;
}

/** All that a plugin must get from others, each token, name and tags once. */
export function importNeeds(sources: NeedSources): readonly ImportNeed[] {
  const { plugin, records, declared, isOwn } = sources;
  const paths = ownPaths(sources);
  const found = records.flatMap((record) =>
    record.injections
      .filter((injection) => !isOwn(injection))
      .map((injection) => ({
        ...injection,
        path: [...(paths.get(record.token) ?? [plugin, tokenName(record.token)]), tokenName(injection.token)],
      })),
  );
  const named = declared.map((token) => ({
    token,
    name: undefined,
    tags: new Map(),
    optional: false,
    multiple: false,
    path: [plugin, tokenName(token)],
  }));
  return unique([...found, ...named]);
}

/** The shortest way from the plugin class to each of its bindings; the plugin class itself goes by the plugin's name. */
export function ownPaths({
  plugin,
  pluginClass,
  records,
}: Pick<NeedSources, 'plugin' | 'pluginClass' | 'records'>): ReadonlyMap<Token, readonly string[]> {
  const paths = new Map<Token, readonly string[]>([[pluginClass, [plugin]]]);
  const bound = new Set(records.map(({ token }) => token));
  for (const root of [pluginClass, ...bound]) {
    if (!paths.has(root)) paths.set(root, [plugin, tokenName(root)]);
    const queue = [root];
    for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
      const path = paths.get(token) ?? [plugin];
      const injected = records.filter((record) => record.token === token).flatMap((r) => r.injections);
      for (const { token: next } of injected) {
        if (paths.has(next) || !bound.has(next)) continue;
        paths.set(next, [...path, tokenName(next)]);
        queue.push(next);
      }
    }
  }
  return paths;
}

// A need that is optional in one place and not in another is not optional.
function unique(needs: readonly ImportNeed[]): readonly ImportNeed[] {
  const kept: ImportNeed[] = [];
  for (const need of needs) {
    const index = kept.findIndex((other) => sameRequest(other, need));
    const before = kept[index];
    if (before === undefined) kept.push(need);
    else if (before.optional && !need.optional) kept[index] = need;
  }
  return kept;
}

function sameRequest(a: Injection, b: Injection): boolean {
  return (
    a.token === b.token &&
    a.name === b.name &&
    a.multiple === b.multiple &&
    a.tags.size === b.tags.size &&
    [...a.tags].every(([key, value]) => b.tags.get(key) === value)
  );
}
