import {
  dependencyCycle,
  exportNotBound,
  exportTaken,
  missingImport,
  type MissingImport,
} from '../errors/container-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { ImportNeed } from './import-needs.ts';
import { describeOffer, type Offer } from './offers.ts';

/** One plugin as the graph sees it. */
export interface GraphNode extends Offer {
  readonly needs: readonly ImportNeed[];
  /** Names of the plugins it requires. */
  readonly requires: readonly string[];
  /** Tokens that it decorates. */
  readonly decorates?: readonly Token[] | undefined;
  /** Of several that decorate one token, the higher is further out. Default 0. */
  readonly rank?: number | undefined;
}

/** One plugin that another one needs. */
export interface Dependency {
  readonly on: string;
  /** The name of the token, or `requires`. */
  readonly via: string;
  /** True where every token that it is needed for is injected with `@optional()`. */
  readonly optional: boolean;
}

/** What the host itself offers. */
export interface HostOffer {
  readonly tokens: readonly Token[];
  offers(need: ImportNeed): boolean;
}

export interface DependencyGraph {
  /** Every plugin, dependencies first; otherwise in the given order. */
  readonly order: readonly string[];
  /** By plugin: the plugins that start before it. */
  readonly dependencies: ReadonlyMap<string, readonly Dependency[]>;
  /** By exported token: its owner. */
  readonly exporters: ReadonlyMap<Token, string>;
  /** By decorated token: who decorates it, innermost first. */
  readonly decorators: ReadonlyMap<Token, readonly string[]>;
  /** By plugin: why it can't be started. */
  readonly failures: ReadonlyMap<string, PluginError>;
  /** All there is to say against it, each token and each cycle by itself. */
  readonly faults: readonly PluginError[];
}

/** Works out who needs whom, from what constructors say. A fault is charged to one plugin, or to those of a cycle. */
export function buildGraph(nodes: readonly GraphNode[], host: HostOffer): DependencyGraph {
  const failures = new Map<string, PluginError>();
  const faults: PluginError[] = [];
  const fail: Fail = (name, error, each = [error]) => {
    if (!failures.has(name)) failures.set(name, error);
    faults.push(...each);
  };
  const exporters = collectExporters(nodes, host, fail);
  const unreadable = nodes.filter((node) => node.isUnreadable === true).map(({ name }) => name);
  const decorators = collectDecorators(nodes);
  const edges = new Map<string, readonly Dependency[]>();
  const surroundings = { nodes, unreadable, host, exporters, decorators, fail };
  for (const node of nodes) edges.set(node.name, connect(node, surroundings));
  const order = sort(edges, fail);
  return { order, dependencies: edges, exporters, decorators, failures, faults };
}

/** `each` is what `error` says, taken apart. */
type Fail = (name: string, error: PluginError, each?: readonly PluginError[]) => void;

function collectExporters(nodes: readonly GraphNode[], host: HostOffer, fail: Fail): Map<Token, string> {
  const exporters = new Map<Token, string>();
  for (const { name, exports, bound } of nodes) {
    for (const token of new Set(exports)) {
      const owner = exporters.get(token);
      if (!bound.includes(token)) fail(name, exportNotBound(name, token));
      else if (host.tokens.includes(token)) fail(name, exportTaken(name, token, 'the host'));
      else if (owner !== undefined) fail(name, exportTaken(name, token, `"${owner}"`));
      else exporters.set(token, name);
    }
  }
  return exporters;
}

function collectDecorators(nodes: readonly GraphNode[]): ReadonlyMap<Token, readonly string[]> {
  const decorators = new Map<Token, readonly string[]>();
  const ranked = nodes.filter((node) => node.decorates).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  for (const { name, decorates = [] } of ranked) {
    for (const token of new Set(decorates)) decorators.set(token, [...(decorators.get(token) ?? []), name]);
  }
  return decorators;
}

/** Whose wrappers a plugin may get for a token, innermost first: one that decorates it itself gets those before its own. */
export function decoratorsFor(
  asking: string,
  token: Token,
  { decorators }: Pick<DependencyGraph, 'decorators'>,
): readonly string[] {
  const all = decorators.get(token) ?? [];
  const own = all.indexOf(asking);
  return own < 0 ? all : all.slice(0, own);
}

interface Surroundings {
  readonly nodes: readonly GraphNode[];
  readonly unreadable: readonly string[];
  readonly host: HostOffer;
  readonly exporters: ReadonlyMap<Token, string>;
  readonly decorators: ReadonlyMap<Token, readonly string[]>;
  readonly fail: Fail;
}

/** The plugins that `node` needs, each with what it is needed for. */
function connect(
  node: GraphNode,
  { nodes, unreadable, host, exporters, decorators, fail }: Surroundings,
): readonly Dependency[] {
  const found: Dependency[] = [];
  const missing: MissingImport[] = [];
  for (const need of node.needs) {
    // Without its wrappers a service is still there.
    for (const on of decoratorsFor(node.name, need.token, { decorators }))
      found.push({ on, via: tokenName(need.token), optional: true });
    if (host.offers(need)) continue;
    const owner = exporters.get(need.token);
    if (owner !== undefined && owner !== node.name)
      found.push({ on: owner, via: tokenName(need.token), optional: need.optional });
    else if (!need.optional)
      missing.push({
        ...need,
        hint: describeOffer(need.token, node.name, { plugins: nodes, host: host.tokens, unreadable }),
      });
  }
  if (missing.length > 0) {
    const each = missing.map((one) => missingImport(node.name, [one]));
    fail(node.name, missingImport(node.name, missing), each);
  }
  // Whether they are there, and good enough, is checked with the versions.
  for (const required of node.requires) {
    if (nodes.some(({ name }) => name === required))
      found.push({ on: required, via: 'requires', optional: false });
  }
  return mergeByTarget(found);
}

function mergeByTarget(found: readonly Dependency[]): readonly Dependency[] {
  const byTarget = new Map<string, Dependency>();
  for (const dependency of found) {
    const before = byTarget.get(dependency.on);
    if (!before) byTarget.set(dependency.on, dependency);
    else if (before.optional) byTarget.set(dependency.on, { ...before, optional: dependency.optional });
  }
  return [...byTarget.values()];
}

type Edges = ReadonlyMap<string, readonly Dependency[]>;

/** Depth first; what is found again on the way down is a cycle, and everyone on it fails. */
function sort(edges: Edges, fail: Fail): readonly string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      failCycle(edges, trail.slice(trail.indexOf(name)), fail);
      return;
    }
    if (done.has(name)) return;
    for (const { on } of edges.get(name) ?? []) visit(on, [...trail, name]);
    if (done.has(name)) return;
    done.add(name);
    order.push(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return order;
}

function failCycle(edges: Edges, cycle: readonly string[], fail: Fail): void {
  const steps = cycle.map((name, index) => {
    const next = cycle[(index + 1) % cycle.length] ?? name;
    return { name, via: edges.get(name)?.find(({ on }) => on === next)?.via ?? 'requires' };
  });
  const shared = steps.find(({ via }) => via !== 'requires')?.via;
  for (const [index, { name }] of steps.entries()) {
    const turned = [...steps.slice(index), ...steps.slice(0, index)];
    const path = [...turned.flatMap(({ name: at, via }) => [at, via]), name];
    const error = dependencyCycle(name, path, shared);
    // One cycle is one thing to mend.
    fail(name, error, index === 0 ? [error] : []);
  }
}
