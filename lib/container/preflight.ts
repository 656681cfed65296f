import {
  ambiguousBinding,
  innerCycle,
  multiExtension,
  multiImport,
  requestScopeFault,
} from '../errors/container-errors.ts';
import { isExtensionPoint } from '../plugin/extension-point.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { PluginError } from '../errors/plugin-error.ts';
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
  const [first] = preflightFaults(checked);
  if (first) throw first;
}

/** The same, one after another: whoever stops asking has the first. */
export function* preflightFaults(checked: Preflight): Generator<PluginError> {
  yield* multiImports(checked);
  yield* ambiguities(checked);
  yield* innerCycles(checked);
  yield* capturedRequests(checked);
}

function* multiImports({ plugin, needs }: Preflight): Generator<PluginError> {
  for (const { multiple, token, path } of needs) {
    if (!multiple) continue;
    yield isExtensionPoint(token) ? multiExtension(plugin, token, path) : multiImport(plugin, token, path);
  }
}

function* ambiguities({ plugin, records }: Preflight): Generator<PluginError> {
  for (const { token, injections } of records) {
    for (const injection of injections) {
      // Which of the others is meant, a `when…` constraint may decide.
      const answers = answersTo(records, injection).filter(({ reachable }) => reachable);
      if (injection.multiple || answers.length < 2) continue;
      yield ambiguousBinding(plugin, [plugin, tokenName(token), tokenName(injection.token)], answers.length);
    }
  }
}

function* innerCycles({ plugin, records }: Preflight): Generator<PluginError> {
  const done = new Set<BindingRecord>();
  const visit = function* (record: BindingRecord, trail: readonly BindingRecord[]): Generator<PluginError> {
    const start = trail.indexOf(record);
    if (start >= 0) {
      const cycle = [...trail.slice(start), record];
      yield innerCycle(
        plugin,
        cycle.map(({ token }) => tokenName(token)),
      );
      return;
    }
    if (done.has(record)) return;
    for (const next of record.injections.flatMap((injection) => answersTo(records, injection))) {
      // Only inversify can tell to whom a `when…` constraint gives it; it finds such a cycle by itself.
      if (next.reachable) yield* visit(next, [...trail, record]);
    }
    done.add(record);
  };
  for (const record of records) yield* visit(record, []);
}

// What outlives a request must not hold what belongs to one: two users would meet in one object.
function* capturedRequests(checked: Preflight): Generator<PluginError> {
  const { plugin, pluginClass, records, exports, shared = [], isRequestScopedImport } = checked;
  const isPublic = (token: Token): boolean =>
    token === pluginClass || exports.includes(token) || shared.includes(token);
  for (const { token, scope, injections } of records) {
    const here = token === pluginClass ? [plugin] : [plugin, tokenName(token)];
    if (scope === 'Request' && isPublic(token))
      yield requestScopeFault(plugin, [plugin, tokenName(token)], true);
    if (scope !== 'Singleton' && !isPublic(token)) continue;
    for (const injection of injections) {
      const path = pathToRequest(records, injection, isRequestScopedImport);
      if (path) yield requestScopeFault(plugin, [...here, ...path], exports.includes(token));
    }
  }
}
