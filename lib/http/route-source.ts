import type { PathToken } from './route-syntax.ts';

export interface RouteKey {
  readonly name: string;
  /** `*rest`: a list of segments. */
  readonly list: boolean;
}

export type FlatToken = Exclude<PathToken, { type: 'group' }>;
type TakingToken = Exclude<FlatToken, { type: 'text' }>;

/** What stands before a token, as far as it matters for how much the token takes. */
interface Before {
  /** Since the last token that takes something. */
  text: string;
  /** The last token that takes something. */
  last: TakingToken['type'] | undefined;
  /** Since the last wildcard, where no parameter came after it. */
  sinceWildcard: string;
  /** What has taken something in this segment. */
  readonly inSegment: Set<TakingToken['type']>;
}

/**
 * The RegExp of a path without groups, and the names of its captures. Of several parameters in one segment each takes what
 * Express 5 gives it: `/:from-:to` has `a-b` and `c` of `/a-b-c`.
 */
export function routeSource(tokens: readonly FlatToken[], keys: RouteKey[]): string {
  const before: Before = { text: '', last: undefined, sinceWildcard: '', inSegment: new Set() };
  const sources = tokens.map((token, position) => {
    if (token.type === 'text') return passText(token.value, before);
    keys.push({ name: token.name, list: token.type === 'wildcard' && token.named });
    const source = `(${captureSource(token, before, tokens.slice(position + 1))})`;
    before.inSegment.add(token.type);
    before.text = '';
    before.last = token.type;
    if (token.type === 'wildcard') before.sinceWildcard = '';
    return source;
  });
  return sources.join('');
}

function passText(text: string, before: Before): string {
  before.text += text;
  if (before.last === 'wildcard') before.sinceWildcard += text;
  if (text.includes('/')) before.inSegment.clear();
  return escaped(text);
}

function captureSource(token: TakingToken, before: Before, after: readonly FlatToken[]): string {
  if (token.type === 'wildcard') return token.named ? wildcardSource(before) : '.*';
  return token.pattern ?? parameterSource(before, after);
}

function wildcardSource({ text, inSegment, sinceWildcard }: Before): string {
  if (inSegment.has('wildcard')) return `${without(text, '')}+`;
  return sinceWildcard ? `${without(sinceWildcard, '')}+|[^/]+` : '[^]+';
}

function parameterSource({ text, last, inSegment }: Before, after: readonly FlatToken[]): string {
  // `:a:b`, which Express 5 refuses, as Express 4 reads it.
  if (last && !text) return '[^/]+?';
  if (inSegment.has('wildcard')) return `${without(text, '/')}+`;
  if (hasWildcardInSegment(after)) return `${without(textOf(after), '/')}+`;
  return inSegment.has('param') ? `${without(text, '/')}+|${escaped(text)}` : '[^/]+';
}

function hasWildcardInSegment(tokens: readonly FlatToken[]): boolean {
  const end = tokens.findIndex((token) => token.type === 'text' && token.value.includes('/'));
  return tokens.slice(0, end < 0 ? tokens.length : end).some(({ type }) => type === 'wildcard');
}

function textOf([first]: readonly FlatToken[]): string {
  return first?.type === 'text' ? first.value : '';
}

/** One character that neither is `delimiter` nor begins `text`. */
function without(text: string, delimiter: string): string {
  const refused = [...new Set([text, delimiter])].filter(Boolean).map(escaped);
  return refused.length === 0 ? '[^]' : `(?:(?!${refused.join('|')})[^])`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
