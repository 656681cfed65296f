import type { Container } from 'inversify';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';

/** The disposal of one binding; the caller puts a time limit on it and goes on when it fails. */
export interface DisposalStep {
  /** The token's name. */
  readonly name: string;
  run(): Promise<void>;
}

export type DisposalErrorListener = (error: unknown, name: string) => void;

type Bound = Pick<BindingRecord, 'token' | 'identifier'>;

/**
 * Remembers what a container has constructed, in order. A dependency is always complete before what asked for it,
 * so that the reverse is the order of disposal, whatever inversify's own order is.
 */
export class CreationLog {
  readonly #entries: { readonly token: Token; readonly instance: unknown }[] = [];

  watch(container: Container, token: Token): void {
    container.onActivation<unknown>(token, (_context, instance) => {
      this.#entries.push({ token, instance });
      return instance;
    });
  }

  get instances(): readonly object[] {
    const objects = this.#entries.map(({ instance }) => instance).filter(isObject);
    return [...new Set(objects)];
  }

  disposal(container: Container, bindings: readonly Bound[]): readonly DisposalStep[] {
    const tokens = [...new Set(this.#entries.map(({ token }) => token))].toReversed();
    return tokens.flatMap((token) =>
      bindings.flatMap(({ token: bound, identifier }) => {
        if (bound !== token || !identifier) return [];
        return [{ name: tokenName(token), run: async () => container.unbindAsync(identifier) }];
      }),
    );
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
