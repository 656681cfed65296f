import type { PluginAction } from 'plugboard';

export const jsonType = 'application/json';

/** Of `@ContentType`, without its parameters; undefined where the action has none. */
export function givenMediaType({ headers }: PluginAction): string | undefined {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return given?.split(';')[0]?.trim() || undefined;
}

/** What an action's decorators say of its successes; undefined where it depends on what is returned. */
export function successMediaType(action: PluginAction): string | undefined {
  return givenMediaType(action) ?? (action.view === undefined ? undefined : 'text/html');
}

/** Errors have the `@ContentType` of a JSON action, as its successes do; others are plain text. */
export function errorMediaType(action: PluginAction): string {
  return action.answersJson ? (givenMediaType(action) ?? jsonType) : 'text/plain';
}
