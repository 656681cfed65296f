import type { PathTemplate } from '../plugin/actions.ts';
import { alternatives } from './route-shape.ts';
import type { FlatToken } from './route-source.ts';
import { parseRoute } from './route-syntax.ts';

/** The URI templates of a path, the longest first: `/a{/:b}` is `/a/{b}` and `/a`. None where there are more than 32. */
export function pathTemplates(path: string): readonly PathTemplate[] {
  const ways = alternatives(parseRoute(path)) ?? [];
  const templates = new Map(ways.map(toTemplate).map((template) => [template.path, template]));
  return [...templates.values()];
}

function toTemplate(tokens: readonly FlatToken[]): PathTemplate {
  const text = tokens.map((token) => (token.type === 'text' ? token.value : `{${token.name}}`)).join('');
  return {
    path: text.replace(/\/+$/, '') || '/',
    parameters: tokens
      .filter((token) => token.type !== 'text')
      .map((token) => ({
        name: token.name,
        pattern: token.type === 'param' ? token.pattern : undefined,
        isWildcard: token.type === 'wildcard',
      })),
  };
}
