import type { BindingIdentifier, Container } from 'inversify';
import { tokenName } from '../plugin/tokens.ts';
import type { BindingRecord, CreationListener } from './binding-record.ts';

/** The disposal of one binding; the caller puts a time limit on it and goes on when it fails. */
export interface DisposalStep {
  /** The token's name. */
  readonly name: string;
  run(): Promise<void>;
}

export type DisposalErrorListener = (error: unknown, name: string) => void;

/**
 * Remembers what a container has constructed, in order. A dependency is always complete before what asked for it,
 * so that the reverse is the order of disposal, whatever inversify's own order is.
 */
export class CreationLog {
  #entries: { readonly record: BindingRecord; readonly instance: unknown }[] = [];

  readonly note: CreationListener = (record, instance) => {
    this.#entries.push({ record, instance });
  };

  get instances(): readonly object[] {
    const objects = this.#entries.map(({ instance }) => instance).filter(isObject);
    return [...new Set(objects)];
  }

  /** A step for each binding that has made something, dependants first. What was asked for once is not given again. */
  takeDisposal(
    container: Container,
    identifierOf: (record: BindingRecord) => BindingIdentifier | undefined,
  ): readonly DisposalStep[] {
    const records = this.#entries.map(({ record }) => record).toReversed();
    this.#entries = [];
    return records.flatMap((record) => {
      const identifier = identifierOf(record);
      if (!identifier) return [];
      return [{ name: tokenName(record.token), run: async () => container.unbindAsync(identifier) }];
    });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
