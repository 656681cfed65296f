import { innerCycle, multiImport, requestScopeFault } from '../errors/container-errors.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import type { ImportNeed } from './import-needs.ts';

export interface Preflight {
  readonly plugin: string;
  readonly pluginClass: Token;
  readonly records: readonly BindingRecord[];
  readonly needs: readonly ImportNeed[];
  readonly exports: readonly Token[];
  /** Whether `token` comes anew with each HTTP request, from this plugin or another owner. */
  isRequestScoped(token: Token): boolean;
}

/**
 * Finds what would go wrong inside one container, before anything is constructed.
 *
 * @throws PluginError INNER_CYCLE, REQUEST_SCOPE, MULTI_IMPORT
 */
export function preflight(checked: Preflight): void {
  refuseMultiImports(checked);
  refuseInnerCycles(checked);
  refuseCapturedRequests(checked);
}

function refuseMultiImports({ plugin, needs }: Preflight): void {
  const multiple = needs.find((need) => need.multiple);
  if (multiple) throw multiImport(plugin, multiple.token, multiple.path);
}

function refuseInnerCycles({ plugin, records }: Preflight): void {
  const done = new Set<Token>();
  const visit = (token: Token, trail: readonly Token[]): void => {
    const start = trail.indexOf(token);
    if (start >= 0) throw innerCycle(plugin, [...trail.slice(start), token].map(tokenName));
    if (done.has(token)) return;
    for (const next of injectedBy(records, token)) visit(next, [...trail, token]);
    done.add(token);
  };
  for (const { token } of records) visit(token, []);
}

// What outlives a request must not hold what belongs to one: two users would meet in one object.
function refuseCapturedRequests(checked: Preflight): void {
  const { plugin, pluginClass, records, exports, isRequestScoped } = checked;
  const lasting = records.filter(({ token, scope }) => scope === 'Singleton' || exports.includes(token));
  for (const { token } of lasting) {
    const path = pathToRequest(checked, token, [plugin]);
    if (path) throw requestScopeFault(plugin, path);
  }
  const own = [pluginClass, ...exports].find((token) => isRequestScoped(token));
  if (own) throw requestScopeFault(plugin, [plugin, tokenName(own)]);
}

function pathToRequest(
  checked: Preflight,
  token: Token,
  path: readonly string[],
): readonly string[] | undefined {
  const here = [...path, tokenName(token)];
  for (const next of injectedBy(checked.records, token)) {
    if (checked.isRequestScoped(next)) return [...here, tokenName(next)];
    const transient = checked.records.some((record) => record.token === next && record.scope === 'Transient');
    const found = transient ? pathToRequest(checked, next, here) : undefined;
    if (found) return found;
  }
  return undefined;
}

function injectedBy(records: readonly BindingRecord[], token: Token): readonly Token[] {
  return records
    .filter((record) => record.token === token)
    .flatMap(({ injections }) => injections.map((i) => i.token));
}
