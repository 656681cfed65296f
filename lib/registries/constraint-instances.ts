import type { Class } from '../plugin/tokens.ts';
import type { ConstraintMetadata } from './validation-metadata.ts';

/** Gives the object of a class, where there is one. */
export type LookUp = (type: Class<object>) => object | undefined;

/**
 * The constraints of one owner, each made once. class-validator's own container has all of the process in one list for
 * ever, and goes through it at each question.
 */
export class ConstraintInstances {
  readonly #made = new Map<Class<object>, object>();
  #lookUp: LookUp = () => undefined;

  /** From now on these are asked for at first; what was made already stays. */
  takeFrom(lookUp: LookUp): void {
    this.#lookUp = lookUp;
  }

  /** Has the object of a constraint that an author wrote come from here, when it is first asked. */
  adopt(metadata: ConstraintMetadata): void {
    if (Object.hasOwn(metadata, 'instance')) return;
    Object.defineProperty(metadata, 'instance', {
      get: () => this.#get(metadata.target),
      configurable: true,
    });
  }

  #get(type: Class<object>): object {
    let made = this.#made.get(type);
    if (!made) {
      made = this.#lookUp(type) ?? new type();
      this.#made.set(type, made);
    }
    return made;
  }
}

/** Gives the constraint that `registerDecorator` has made for one property its object: it is small, and there are many. */
export function settleConstraint(metadata: ConstraintMetadata): void {
  Object.defineProperty(metadata, 'instance', { value: new metadata.target(), configurable: true });
}
