import { normalPath } from './normal-path.ts';
import { alternatives, routeShapes, type RouteShape } from './route-shape.ts';
import { routeSource, type FlatToken, type RouteKey } from './route-source.ts';
import { parseRoute, type PathToken } from './route-syntax.ts';

/** A path as the router takes it. */
export interface RoutePattern {
  /** As it was written, with its prefix. */
  readonly path: string;
  /** Matches the path of a URL in its normal form; one trailing slash more is the same. */
  readonly regexp: RegExp;
  readonly keys: readonly RouteKey[];
  /** Where the tree of routes has it: one shape for each way to leave out what is optional. None for a RegExp. */
  readonly shapes: readonly RouteShape[];
  /** What must be the same for two routes to be one: names of parameters erased, lower case. */
  readonly identities: readonly string[];
}

/** @throws {SyntaxError} where the path can't be read. */
export function routePattern(route: string | RegExp): RoutePattern {
  return typeof route === 'string' ? new PathPattern(route) : regexpPattern(route);
}

/** Most routes never need their RegExp: it is made when it is asked for. */
class PathPattern implements RoutePattern {
  readonly path: string;
  readonly keys: readonly RouteKey[];
  readonly shapes: readonly RouteShape[];
  readonly identities: readonly string[];
  #source: string;
  #regexp: RegExp | undefined;

  constructor(path: string) {
    // Slashes at the end mean nothing.
    const tokens = parseRoute(path.replace(/(?<!\\)\/+$/, ''));
    const keys: RouteKey[] = [];
    this.path = path || '/';
    const ways = alternatives(tokens);
    this.#source = ways
      ? ways.map((way) => routeSource(way.map(normalText), keys)).join('|')
      : tokens.map((token) => tokenSource(token, keys)).join('');
    this.keys = keys;
    const { shapes, identities } = routeShapes(tokens);
    this.shapes = shapes;
    this.identities = identities ?? [path.toLowerCase()];
    // It will be needed, and says now whether a parameter's own pattern can be read.
    if (shapes.some(({ names }) => names === undefined)) void this.regexp;
  }

  get regexp(): RegExp {
    return (this.#regexp ??= new RegExp(`^(?:${this.#source})/?$`, 'i'));
  }
}

function regexpPattern(route: RegExp): RoutePattern {
  const keys: RouteKey[] = [];
  for (const [, name] of route.source.matchAll(/(?<!\\)\((?:\?<([^=!>][^>]*)>|(?!\?))/g)) {
    keys.push({ name: name ?? String(keys.filter((key) => /^\d/.test(key.name)).length), list: false });
  }
  const regexp = new RegExp(route.source, route.flags.replace(/[gy]/g, ''));
  return { path: String(route), regexp, keys, shapes: [], identities: [String(route)] };
}

function tokenSource(token: PathToken, keys: RouteKey[]): string {
  if (token.type === 'text') return normalPath(token.value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (token.type === 'group') return `(?:${token.tokens.map((inner) => tokenSource(inner, keys)).join('')})?`;
  keys.push({ name: token.name, list: token.type === 'wildcard' && token.named });
  if (token.type === 'wildcard') return token.named ? '([^]+)' : '(.*)';
  return token.pattern === undefined ? '([^/]+?)' : `(${token.pattern})`;
}

function normalText(token: FlatToken): FlatToken {
  return token.type === 'text' ? { type: 'text', value: normalPath(token.value) } : token;
}
