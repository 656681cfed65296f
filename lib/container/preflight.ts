import {
  ambiguousBinding,
  innerCycle,
  multiExtension,
  multiImport,
  requestScopeFault,
} from '../errors/container-errors.ts';
import { isExtensionPoint } from '../plugin/extension-point.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import type { ImportNeed } from './import-needs.ts';
import { answersTo } from './binding-graph.ts';
import { pathToRequest } from './scopes.ts';

export interface Preflight {
  readonly plugin: string;
  readonly pluginClass: Token;
  readonly records: readonly BindingRecord[];
  readonly needs: readonly ImportNeed[];
  readonly exports: readonly Token[];
  /** Classes whose instances others get without importing them. */
  readonly shared?: readonly Token[] | undefined;
  /** Whether an import comes anew with each HTTP request. */
  isRequestScopedImport(token: Token): boolean;
}

/**
 * Finds what would go wrong inside one container, before anything is constructed.
 *
 * @throws PluginError MULTI_IMPORT, AMBIGUOUS_BINDING, INNER_CYCLE, REQUEST_SCOPE
 */
export function preflight(checked: Preflight): void {
  refuseMultiImports(checked);
  refuseAmbiguity(checked);
  refuseInnerCycles(checked);
  refuseCapturedRequests(checked);
}

function refuseMultiImports({ plugin, needs }: Preflight): void {
  const multiple = needs.find((need) => need.multiple);
  if (!multiple) return;
  const { token, path } = multiple;
  throw isExtensionPoint(token) ? multiExtension(plugin, token, path) : multiImport(plugin, token, path);
}

function refuseAmbiguity({ plugin, records }: Preflight): void {
  for (const { token, injections } of records) {
    for (const injection of injections) {
      // Which of the others is meant, a `when…` constraint may decide.
      const answers = answersTo(records, injection).filter(({ reachable }) => reachable);
      if (injection.multiple || answers.length < 2) continue;
      throw ambiguousBinding(plugin, [plugin, tokenName(token), tokenName(injection.token)], answers.length);
    }
  }
}

function refuseInnerCycles({ plugin, records }: Preflight): void {
  const done = new Set<BindingRecord>();
  const visit = (record: BindingRecord, trail: readonly BindingRecord[]): void => {
    const start = trail.indexOf(record);
    if (start >= 0) {
      const cycle = [...trail.slice(start), record];
      throw innerCycle(
        plugin,
        cycle.map(({ token }) => tokenName(token)),
      );
    }
    if (done.has(record)) return;
    for (const next of record.injections.flatMap((injection) => answersTo(records, injection))) {
      // Only inversify can tell to whom a `when…` constraint gives it; it finds such a cycle by itself.
      if (next.reachable) visit(next, [...trail, record]);
    }
    done.add(record);
  };
  for (const record of records) visit(record, []);
}

// What outlives a request must not hold what belongs to one: two users would meet in one object.
function refuseCapturedRequests(checked: Preflight): void {
  const { plugin, pluginClass, records, exports, shared = [], isRequestScopedImport } = checked;
  const isPublic = (token: Token): boolean =>
    token === pluginClass || exports.includes(token) || shared.includes(token);
  for (const { token, scope, injections } of records) {
    const here = token === pluginClass ? [plugin] : [plugin, tokenName(token)];
    if (scope === 'Request' && isPublic(token))
      throw requestScopeFault(plugin, [plugin, tokenName(token)], true);
    if (scope !== 'Singleton' && !isPublic(token)) continue;
    for (const injection of injections) {
      const path = pathToRequest(records, injection, isRequestScopedImport);
      if (path) throw requestScopeFault(plugin, [...here, ...path], exports.includes(token));
    }
  }
}
