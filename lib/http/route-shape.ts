import { normalPath } from './normal-path.ts';
import type { FlatToken } from './route-source.ts';
import type { PathToken } from './route-syntax.ts';

/** Stands for a segment that varies and is not empty. */
export const parameter: unique symbol = Symbol('parameter');
/** Stands for the rest of the path, whatever it is; the last of a shape. */
export const rest: unique symbol = Symbol('rest');

/** What a path must have between two slashes: a text in lower case, or something that varies. */
export type Segment = string | typeof parameter | typeof rest;

export interface RouteShape {
  readonly segments: readonly Segment[];
  /** What the values that vary are called, where the segments say all; else the pattern's RegExp must agree. */
  readonly names: readonly string[] | undefined;
  /** The last name is of a list of segments: `*rest`. */
  readonly hasList: boolean;
}

export interface RouteShapes {
  readonly shapes: readonly RouteShape[];
  /** One for each shape; undefined where there are too many ways to leave something out. */
  readonly identities: readonly string[] | undefined;
}

/** Where the tree of routes has a path. */
export function routeShapes(tokens: readonly PathToken[]): RouteShapes {
  const ways = alternatives(withoutEndSlashes(tokens));
  if (!ways) return { shapes: [wideShape(tokens)], identities: undefined };
  const shapes = ways.map(toShape);
  return {
    // Of what may be left out, and whether a slash goes with it, the RegExp knows more.
    shapes: shapes.length === 1 ? shapes : shapes.map(({ segments }) => inexact(segments)),
    identities: ways.map(identity),
  };
}

/** A slash more or less at the end is the same; before something optional it is not at the end. */
function withoutEndSlashes(tokens: readonly PathToken[]): PathToken[] {
  const last = tokens.at(-1);
  if (last?.type !== 'text') return [...tokens];
  const value = last.value.replace(/\/+$/, '');
  return [...tokens.slice(0, -1), ...(value === '' ? [] : [{ type: 'text', value } as const])];
}

/** Every way to leave out what is optional; undefined for more than 32. */
export function alternatives(tokens: readonly PathToken[]): FlatToken[][] | undefined {
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
    if (token.type === 'text') return normalPath(token.value).toLowerCase();
    if (token.type === 'wildcard') return '*';
    return token.pattern === undefined ? ':' : `:(${token.pattern})`;
  });
  return text.join('').replace(/\/$/, '') || '/';
}

/** All that is below the texts that it begins with. */
function wideShape([first]: readonly PathToken[]): RouteShape {
  const folders = first?.type === 'text' ? splitSegments([first]).slice(0, -1) : [];
  return inexact([...folders.map(textOf), rest]);
}

function inexact(segments: readonly Segment[]): RouteShape {
  return { segments, names: undefined, hasList: false };
}

function toShape(tokens: readonly FlatToken[]): RouteShape {
  const [first] = tokens;
  if (first && !(first.type === 'text' && first.value.startsWith('/'))) {
    return inexact([rest]);
  }
  const segments: Segment[] = [];
  const names: string[] = [];
  let exact = true;
  const parts = splitSegments(tokens);
  for (const [position, part] of parts.entries()) {
    const kind = kindOf(part);
    segments.push(kind);
    const [only] = part;
    if (typeof kind !== 'string') {
      if (only && isWhole(part, only)) names.push(only.name);
      else exact = false;
    }
    if (kind !== rest) continue;
    exact &&= position === parts.length - 1;
    break;
  }
  const last = parts.at(-1)?.[0];
  return exact ? exactShape(segments, names, last?.type === 'wildcard' && last.named) : inexact(segments);
}

/** One list for all routes that name theirs alike: a request to any of them has it at hand. */
const namesAlike = new Map<string, readonly string[]>();

function exactShape(segments: readonly Segment[], own: readonly string[], hasList: boolean): RouteShape {
  const key = own.join('/');
  const names = namesAlike.get(key) ?? own;
  namesAlike.set(key, names);
  return { segments, names, hasList };
}

function kindOf(part: readonly FlatToken[]): Segment {
  if (part.some(isWide)) return rest;
  return part.every(({ type }) => type === 'text') ? textOf(part) : parameter;
}

// What of a parameter's own pattern can match a slash: then it is not one segment.
const mayMatchSlash = /\/|\.|\[\^|\\[DSWPu]/;

function isWide(token: FlatToken): boolean {
  if (token.type === 'wildcard') return true;
  if (token.type === 'text' || token.pattern === undefined) return false;
  return mayMatchSlash.test(token.pattern) || new RegExp(`^(?:${token.pattern})$`).test('');
}

/** Is there nothing else in the segment, and no pattern of the parameter's own? */
function isWhole(part: readonly FlatToken[], only: FlatToken): only is Exclude<FlatToken, { type: 'text' }> {
  return part.length === 1 && (only.type === 'wildcard' || (only.type === 'param' && !only.pattern));
}

function textOf(part: readonly PathToken[]): string {
  const text = part.map((token) => (token.type === 'text' ? token.value : '')).join('');
  return normalPath(text).toLowerCase();
}

/** Without the slash that it begins with. */
function splitSegments(tokens: readonly FlatToken[]): FlatToken[][] {
  const segments: FlatToken[][] = [];
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
