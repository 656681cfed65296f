import { parseRoute, type PathToken } from './route-syntax.ts';

/** A path as the router takes it. */
export interface RoutePattern {
  /** As it was written, with its prefix. */
  readonly path: string;
  /** Matches the path of a URL, still percent-encoded; one trailing slash more is the same. */
  readonly regexp: RegExp;
  readonly keys: readonly RouteKey[];
  /** The paths of `find-my-way` that together find it, parameters named by position; none where it can't. */
  readonly shapes: readonly RouteShape[];
  /** What must be the same for two routes to be one: names of parameters erased, lower case. */
  readonly identities: readonly string[];
  /** The segments in front of all that varies, lower case: `/a/b`. */
  readonly folder: string;
}

interface RouteKey {
  readonly name: string;
  /** `*rest`: a list of segments. */
  readonly list: boolean;
}

export interface RouteShape {
  readonly path: string;
  /** The parameters' names, where find-my-way's own values are the answer; else the regexp must say. */
  readonly names: readonly string[] | undefined;
}

/** @throws {SyntaxError} where the path can't be read. */
export function routePattern(route: string | RegExp): RoutePattern {
  return typeof route === 'string' ? stringPattern(route) : regexpPattern(route);
}

function stringPattern(path: string): RoutePattern {
  const tokens = parseRoute(path);
  const keys: RouteKey[] = [];
  const source = tokens.map((token) => tokenSource(token, keys)).join('');
  const flat = alternatives(tokens);
  const shapes = flat?.map(toShape) ?? [undefined];
  return {
    path: path || '/',
    regexp: new RegExp(`^${source.replace(/\/$/, '')}/?$`, 'i'),
    keys,
    shapes: shapes.every((shape) => shape !== undefined) ? shapes : [],
    identities: flat?.map(identity) ?? [path.toLowerCase()],
    folder: tokens[0]?.type === 'text' ? folderOf(tokens[0].value) : '',
  };
}

function folderOf(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf('/'))).toLowerCase();
}

function regexpPattern(route: RegExp): RoutePattern {
  const keys: RouteKey[] = [];
  for (const [, name] of route.source.matchAll(/(?<!\\)\((?:\?<([^=!>][^>]*)>|(?!\?))/g)) {
    keys.push({ name: name ?? String(keys.filter((key) => /^\d/.test(key.name)).length), list: false });
  }
  const regexp = new RegExp(route.source, route.flags.replace(/[gy]/g, ''));
  return { path: String(route), regexp, keys, shapes: [], identities: [String(route)], folder: '' };
}

function tokenSource(token: PathToken, keys: RouteKey[]): string {
  if (token.type === 'text') return token.value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (token.type === 'group') return `(?:${token.tokens.map((inner) => tokenSource(inner, keys)).join('')})?`;
  keys.push({ name: token.name, list: token.type === 'wildcard' && token.named });
  if (token.type === 'wildcard') return token.named ? '([^]+)' : '(.*)';
  return token.pattern === undefined ? '([^/]+?)' : `(${token.pattern})`;
}

type FlatToken = Exclude<PathToken, { type: 'group' }>;

/** Every way to leave out what is optional; undefined for more than 32. */
function alternatives(tokens: readonly PathToken[]): FlatToken[][] | undefined {
  let ways: FlatToken[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'group') {
      const inner = alternatives(token.tokens);
      if (!inner) return undefined;
      ways = ways.flatMap((way) => [...inner.map((more) => [...way, ...more]), way]);
    } else {
      ways = ways.map((way) => [...way, token]);
    }
    if (ways.length > 32) return undefined;
  }
  return ways;
}

function identity(tokens: readonly FlatToken[]): string {
  const text = tokens.map((token) => {
    if (token.type === 'text') return token.value.toLowerCase();
    if (token.type === 'wildcard') return '*';
    return token.pattern === undefined ? ':' : `:(${token.pattern})`;
  });
  return text.join('').replace(/\/$/, '') || '/';
}

// What of a parameter's own pattern can match a slash: then it is not one segment.
const mayMatchSlash = /\/|\.|\[\^|\\[DSWPu]/;

/** A path for find-my-way, or undefined where it has no such thing. */
function toShape(tokens: readonly FlatToken[]): RouteShape | undefined {
  const segments = splitSegments(tokens);
  const names: string[] = [];
  let exact = true;
  const parts: string[] = [];
  for (const [position, segment] of segments.entries()) {
    const [only] = segment;
    if (segment.some((token) => token.type === 'wildcard' || mayMatchSlash.test(patternOf(token)))) {
      if (position < segments.length - 1 || segment.length > 1) return undefined;
      parts.push('*');
      exact = false;
    } else if (segment.every((token) => token.type === 'text')) {
      const text = segment.map((token) => (token.type === 'text' ? token.value : '')).join('');
      if (/[*%]/.test(text)) return undefined;
      parts.push(text.replaceAll(':', '::'));
    } else {
      if (segment.length === 1 && only?.type === 'param' && only.pattern === undefined) names.push(only.name);
      else exact = false;
      parts.push(`:p${position}`);
    }
  }
  const path = parts.join('/');
  if (path !== '' && !path.startsWith('/')) return path === '*' ? { path, names: undefined } : undefined;
  return { path: path.replace(/(.)\/$/, '$1') || '/', names: exact ? names : undefined };
}

function patternOf(token: FlatToken): string {
  return token.type === 'param' ? (token.pattern ?? '') : '';
}

function splitSegments(tokens: readonly FlatToken[]): FlatToken[][] {
  const segments: FlatToken[][] = [[]];
  for (const token of tokens) {
    if (token.type !== 'text') {
      segments.at(-1)?.push(token);
      continue;
    }
    for (const [index, value] of token.value.split('/').entries()) {
      if (index > 0) segments.push([]);
      if (value !== '') segments.at(-1)?.push({ type: 'text', value });
    }
  }
  return segments;
}
