import type { AbstractNewable, Newable } from 'inversify';

/** A class that can be constructed, whatever its constructor asks for. */
export type Class<T = unknown> = Newable<T>;

declare const tokenType: unique symbol;

/** A token made by {@link token}; it remembers the type of what is bound to it. */
export type NamedToken<T = unknown> = symbol & { readonly [tokenType]?: T };

/** What one injects by: a class, an abstract class, or a name made by {@link token}. */
export type Token<T = unknown> = Newable<T> | AbstractNewable<T> | NamedToken<T>;

/**
 * A token for something that has no class: an interface, a function, a value.
 * Two calls with one name give the same token, across packages and builds.
 *
 * @example
 * export const Clock = token<Clock>('clock');
 */
export function token<T>(name: string): NamedToken<T> {
  return Symbol.for(`plugboard:${name}`);
}

/** How a token is called in messages. */
export function tokenName(identifier: unknown): string {
  if (typeof identifier === 'function') return identifier.name || '(anonymous class)';
  if (typeof identifier === 'symbol')
    return (identifier.description ?? 'symbol').replace(/^plugboard:(extensions:)?/, '');
  return String(identifier);
}
