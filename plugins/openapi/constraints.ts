import { getMetadataStorage, IS_INT } from 'class-validator';
import type { Class } from 'plugboard';
import type { Schema } from './document-types.ts';
import type { Validation } from './validation-variant.ts';

/** One constraint, as class-validator keeps it. */
export interface Constraint {
  readonly target: unknown;
  readonly propertyName: string;
  /** By its name where it has one: `isInt`. */
  readonly type: string;
  readonly constraints: readonly unknown[];
  readonly each: boolean;
}

/** Those of a class and of what it extends that a check with these options looks at, as if all were the class's own. */
export function constraintsOf(type: Class, validation: Validation = {}): readonly Constraint[] {
  const { groups, always = false, strictGroups = false } = validation;
  // class-validator goes through all that it knows of, so it is asked once.
  const found = getMetadataStorage().getTargetValidationMetadatas(type, '', always, strictGroups, [
    ...(groups ?? []),
  ]);
  return found.map(({ propertyName, constraints, each, constraintCls, name, type: kind }) => ({
    target: type,
    propertyName,
    constraints,
    each,
    // Those that are a class are all of one type, and told by their names.
    type: (constraintCls && name) ?? kind,
  }));
}

/** Whether class-validator knows anything of it, or of what it extends. */
export function hasConstraints(type: Class): boolean {
  return constraintsOf(type).length > 0;
}

/** `@Min(1) @IsInt()` is an integer as `@IsInt() @Min(1)` is: the order of decorators means nothing. */
export function isOfIntegers(constraints: readonly Constraint[]): Schema {
  return constraints.some(({ type, each }) => type === IS_INT && !each) ? { type: 'integer' } : {};
}
