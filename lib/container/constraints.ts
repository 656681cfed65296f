import type { BindingConstraints, GetOptions } from 'inversify';
import type { Injection } from './injections.ts';

/** How one asks for a token besides the token itself. */
export type Qualifiers = Pick<Injection, 'name' | 'tags'>;

/** Whether inversify is asked with exactly this name and these tags. */
export function asksExactly(asked: BindingConstraints, { name, tags }: Qualifiers): boolean {
  const sameTags =
    asked.tags.size === tags.size && [...tags].every(([key, value]) => asked.tags.get(key) === value);
  return asked.name === name && sameTags;
}

/** The same question for `container.get`, which takes one tag. */
export function getOptionsFor({ name, tags }: Qualifiers): GetOptions {
  const [tag] = [...tags].map(([key, value]) => ({ key, value }));
  return { name, tag };
}
