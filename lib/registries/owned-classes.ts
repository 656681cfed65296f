import 'reflect-metadata';
import { ConstraintInstances, settleConstraint, type LookUp } from './constraint-instances.ts';
import { markRegistries, registeredSince } from './registrations.ts';
import { forgetRouting } from './routing-metadata.ts';
import { forgetTransformations } from './transformation-metadata.ts';
import { constraintsBy, countConstraints, forgetValidation, madeConstraints } from './validation-metadata.ts';

type Decorators = (ClassDecorator | MethodDecorator | PropertyDecorator)[];

/**
 * The decorated classes of one generation of a plugin. Decorators leave what they say in lists of the whole process, which
 * hold each class, and by it all of its generation's code, until it is taken out again.
 */
export class OwnedClasses {
  /** Each with the number of its properties' constraints that are known. */
  readonly #classes = new Map<object, number>();
  readonly #constraints = new ConstraintInstances();
  #isForgotten = false;

  /** Has the constraints of these classes come from there, where they are there. */
  takeConstraintsFrom(lookUp: LookUp): void {
    this.#constraints.takeFrom(lookUp);
  }

  /** Applies decorators as compiled code does, to a class or to a member of one; and that class is owned. */
  readonly decorate = (
    decorators: Decorators,
    target: object,
    key?: string | symbol,
    described?: PropertyDescriptor | null,
  ): unknown => {
    const type = typeof target === 'function' ? target : target.constructor;
    this.#classes.set(type, this.#classes.get(type) ?? 0);
    const decorated = apply(decorators, target, key, described);
    this.#adopt(type);
    // A decorator may put a class that extends it in its place; any other may be somebody else's.
    if (typeof decorated === 'function' && isExtending(decorated, type)) this.#adopt(decorated);
    if (this.#isForgotten) this.forget();
    return decorated;
  };

  /** Runs code, and owns what it decorates by hand: those of the classes whose source text is in `code`. */
  during<T>(code: string, run: () => T): T {
    const mark = markRegistries();
    try {
      return run();
    } finally {
      for (const type of registeredSince(mark, this.#known())) {
        if (typeof type === 'function' && code.includes(Function.prototype.toString.call(type)))
          this.#adopt(type);
      }
    }
  }

  /** Takes all that is known of these classes away; also of those that are decorated later. */
  forget(): void {
    this.#isForgotten = true;
    const owned = new Set(this.#classes.keys());
    this.#classes.clear();
    forgetRouting(owned);
    forgetValidation(owned);
    forgetTransformations(owned);
  }

  #adopt(type: object): void {
    const added = madeConstraints(type, this.#classes.get(type));
    for (const constraint of added.flatMap(constraintsBy)) settleConstraint(constraint);
    for (const constraint of constraintsBy(type)) this.#constraints.adopt(constraint);
    this.#classes.set(type, countConstraints(type));
  }

  #known(): Set<object> {
    const types = [...this.#classes.keys()];
    return new Set([...types, ...types.flatMap((type) => madeConstraints(type))]);
  }
}

function isExtending(type: object, base: object): boolean {
  return Object.prototype.isPrototypeOf.call(base, type);
}

// A method's descriptor is null where it is to be read; a property has none.
function apply(
  decorators: Decorators,
  target: object,
  key: string | symbol | undefined,
  described: PropertyDescriptor | null | undefined,
): unknown {
  if (key === undefined) return Reflect.decorate(decorators as ClassDecorator[], target as never);
  const descriptor = described === null ? Object.getOwnPropertyDescriptor(target, key) : described;
  const decorated = Reflect.decorate(decorators as MethodDecorator[], target, key, descriptor as never);
  if (decorated) Object.defineProperty(target, key, decorated);
  return decorated;
}
