import type { NamedToken, Token } from './tokens.ts';

declare const extensionType: unique symbol;

/** A place that plugins contribute to; made by {@link extensionPoint}. Injecting it gives `Extensions<T>`. */
export type ExtensionPoint<T = unknown> = NamedToken<Extensions<T>> & { readonly [extensionType]?: T };

/** One thing that a plugin has contributed. */
export interface Extension<T> {
  /** Who has contributed it. */
  readonly plugin: string;
  readonly value: T;
}

/** What there is to hear of. */
export type ExtensionEvent = 'added' | 'removed';

/**
 * All that running plugins contribute to one point, as it is now: in the order of the plugins, and of each as it lists them.
 *
 * @example
 * constructor(@inject(MenuItems) private readonly items: Extensions<MenuItem>) {}
 * for (const { plugin, value } of this.items) …
 */
export interface Extensions<T> extends Iterable<Extension<T>> {
  readonly size: number;
  /** Without their plugins. */
  readonly values: readonly T[];
  /** Hears of what comes and goes from now on, until what is returned is called, or the plugin that listens goes. */
  on(event: ExtensionEvent, listener: (extension: Extension<T>) => void): () => void;
}

const prefix = 'plugboard:extensions:';

/**
 * A point that any plugin may contribute to, and any plugin may inject. Two calls with one name give the same point, across
 * packages and builds.
 *
 * @example
 * export const MenuItems = extensionPoint<MenuItem>('site.menu');
 */
export function extensionPoint<T>(name: string): ExtensionPoint<T> {
  return Symbol.for(prefix + name);
}

export function isExtensionPoint(token: Token): token is ExtensionPoint {
  return typeof token === 'symbol' && token.description?.startsWith(prefix) === true;
}
