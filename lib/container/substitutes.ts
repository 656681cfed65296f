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
  /**
   * Who would answer: the plugin's own name for a service that it binds itself, `host`, `plugboard` for built-in
   * services, another plugin's name, or undefined where nobody does.
   */
  readonly owner: string | undefined;
}

/** Answers with a value to be used instead, or with nothing. */
export type Substitute = (asked: Asked) => { readonly value: unknown } | undefined;

/** Puts substitutes in place of what a plugin binds itself. */
export function substituteOwn(plugin: string, container: PluginContainer, substitute: Substitute): void {
  for (const token of new Set(container.records.map((record) => record.token))) {
    const answer = substitute({
      plugin,
      token,
      path: [plugin, tokenName(token)],
      optional: false,
      owner: plugin,
    });
    if (answer) container.replaceWith(token, answer.value);
  }
}

/** The imports of a plugin that are answered by a substitute, with the values. */
export function substituteImports(
  plugin: string,
  needs: readonly ImportNeed[],
  ownerOf: (need: ImportNeed) => string | undefined,
  substitute: Substitute,
): ReadonlyMap<ImportNeed, unknown> {
  const answered = new Map<ImportNeed, unknown>();
  for (const need of needs) {
    const { token, path, optional } = need;
    const answer = substitute({ plugin, token, path, optional, owner: ownerOf(need) });
    if (answer) answered.set(need, answer.value);
  }
  return answered;
}
