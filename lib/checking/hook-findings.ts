import { hookMisspelt, pointMisspelt } from '../errors/check-errors.ts';
import type { BoundEntry } from '../hosting/entry.ts';
import { isExtensionPoint } from '../plugin/extension-point.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import type { Finding } from './finding.ts';

const hooks = ['onStart', 'onStop'];

/** Methods that are a hook but for their capitals. `actions` are the methods that have a route. */
export function hookFindings(
  { row, loaded, container }: BoundEntry,
  actions: ReadonlySet<string>,
): Finding[] {
  const own = container.records.flatMap(({ type }) => type ?? []);
  return [...new Set<Class>([loaded.pluginClass, ...own])].flatMap((type) =>
    methodsOf(type).flatMap((method): Finding[] => {
      const hook = hooks.find((name) => name !== method && name.toLowerCase() === method.toLowerCase());
      if (hook === undefined || actions.has(`${type.name}.${method}`)) return [];
      const error = hookMisspelt(row.name, type.name, method, hook);
      return [{ error, anchor: { kind: 'method', type, method } }];
    }),
  );
}

function methodsOf({ prototype }: Class): string[] {
  return typeof prototype === 'object' && prototype !== null ? Object.getOwnPropertyNames(prototype) : [];
}

/** Points that are contributed to under a name that nobody reads, where somebody reads one of nearly that name. */
export function pointFindings(present: readonly BoundEntry[]): Finding[] {
  const readers = new Map<string, string>();
  for (const { row, container } of present) {
    for (const { token } of container.needs) if (isPoint(token)) readers.set(tokenName(token), row.name);
  }
  return present.flatMap(({ row, loaded }) =>
    (loaded.options.contributes ?? []).flatMap(([point]): Finding[] => {
      const name = tokenName(point);
      const nearest = readers.has(name) ? undefined : nearestName(name, readers.keys());
      const reader = nearest && readers.get(nearest);
      if (!nearest || !reader) return [];
      const error = pointMisspelt(row.name, name, nearest, reader);
      return [{ error, anchor: { kind: 'option', type: loaded.pluginClass, option: 'contributes' } }];
    }),
  );
}

function isPoint(token: unknown): token is Token {
  return isExtensionPoint(token as Token);
}
