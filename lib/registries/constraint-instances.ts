import type { Class } from '../plugin/tokens.ts';
import type { ConstraintMetadata } from './validation-metadata.ts';

/** Gives the object of a class, where there is one. */
export type LookUp = (type: Class<object>) => object | undefined;

/**
 * The constraints of one owner, each made once, when it is first asked. class-validator's own container has all of the
 * process in one list for ever, and goes through it at each question.
 */
export class ConstraintInstances {
  readonly #made = new Map<Class<object>, object>();
  #lookUp: LookUp = () => undefined;

  /** From now on these are asked for at first; what was made already stays. */
  takeFrom(lookUp: LookUp): void {
    this.#lookUp = lookUp;
  }

  /** Has the constraint's object come from here. */
  adopt(metadata: ConstraintMetadata): void {
    if (owners.has(metadata)) return;
    owners.set(metadata, this);
    Object.defineProperty(metadata, 'instance', instance);
  }

  get(type: Class<object>): object {
    let made = this.#made.get(type);
    if (!made) {
      made = this.#lookUp(type) ?? new type();
      this.#made.set(type, made);
    }
    return made;
  }
}

const owners = new WeakMap<ConstraintMetadata, ConstraintInstances>();

// The same for all of them: with a getter each, V8 would give each metadata a shape of its own.
const instance: PropertyDescriptor & ThisType<ConstraintMetadata> = {
  configurable: true,
  get() {
    return owners.get(this)?.get(this.target);
  },
};
