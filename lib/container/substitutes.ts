import { tokenName, type Token } from '../plugin/tokens.ts';
import type { ImportNeed } from './import-needs.ts';
import type { PluginContainer } from './plugin-container.ts';

/** A token that a plugin is about to get from somewhere. */
export interface Asked {
  readonly plugin: string;
  readonly token: Token;
  /** `['billing', 'InvoiceStore', 'Clock']` */
  readonly path: readonly string[];
  readonly optional: boolean;
  /** True for a service that the plugin binds itself, false for an import. */
  readonly own: boolean;
}

/** Answers with a value to be used instead, or with nothing. */
export type Substitute = (asked: Asked) => { readonly value: unknown } | undefined;

/**
 * Puts substitutes in place of what a plugin binds and imports.
 * Returns the imports that are answered by it.
 */
export function applySubstitutes(
  plugin: string,
  container: PluginContainer,
  substitute: Substitute,
): ReadonlyMap<ImportNeed, unknown> {
  for (const token of new Set(container.records.map((record) => record.token))) {
    const own = substitute({ plugin, token, path: [plugin, tokenName(token)], optional: false, own: true });
    if (own) container.replaceWith(token, own.value);
  }
  const answered = new Map<ImportNeed, unknown>();
  for (const need of container.needs) {
    const answer = substitute({
      plugin,
      token: need.token,
      path: need.path,
      optional: need.optional,
      own: false,
    });
    if (answer) answered.set(need, answer.value);
  }
  return answered;
}
