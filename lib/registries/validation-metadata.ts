import { getMetadataStorage, registerDecorator, ValidationTypes } from 'class-validator';
import type { Class } from '../plugin/tokens.ts';
import { lineage } from './lineage.ts';

/** What class-validator asks a value by, and where it gets the object that it asks. */
export interface ConstraintMetadata {
  readonly target: Class<object>;
}

interface ValidationMetadata {
  readonly constraintCls: unknown;
  readonly type: string;
  /** Typed as a string by class-validator. */
  readonly propertyName: string | symbol;
}

interface Storage {
  readonly validationMetadatas: Map<unknown, ValidationMetadata[]>;
  readonly constraintMetadatas: Map<unknown, ConstraintMetadata[]>;
}

/** By class, all that class-validator's decorators have left. */
export function validationMaps(): readonly Map<unknown, unknown>[] {
  const { validationMetadatas, constraintMetadatas } = storage();
  return [validationMetadatas, constraintMetadatas];
}

/** Whether a class or one of its ancestors has any decorator of class-validator on a property. */
export function isValidated(type: Class): boolean {
  return lineage(type).some((one) => storage().validationMetadatas.has(one));
}

/** The properties of a class, and of its ancestors, that have any decorator of class-validator. */
export function validatedProperties(type: Class): readonly string[] {
  return propertiesWith(type, () => true);
}

/** Those that have `@ValidateNested`. */
export function nestedProperties(type: Class): readonly string[] {
  return propertiesWith(type, (metadata) => metadata.type === ValidationTypes.NESTED_VALIDATION);
}

function propertiesWith(type: Class, isMeant: (metadata: ValidationMetadata) => boolean): readonly string[] {
  const found = lineage(type).flatMap((one) => storage().validationMetadatas.get(one) ?? []);
  const names = found.filter(isMeant).map(({ propertyName }) => propertyName);
  return [...new Set(names)].filter((name) => typeof name === 'string');
}

/** How many constraints stand on the properties of a class. */
export function countConstraints(type: object): number {
  return storage().validationMetadatas.get(type)?.length ?? 0;
}

/** The classes that `registerDecorator` has made for the properties of a class, from the one at `start` on. */
export function madeConstraints(type: object, start = 0): Class[] {
  const onProperties = storage().validationMetadatas.get(type) ?? [];
  return onProperties
    .slice(start)
    .map(({ constraintCls }) => constraintCls)
    .filter(isMade);
}

/** What is known of a class as a constraint: by `@ValidatorConstraint`, or as `registerDecorator` made it. */
export function constraintsBy(type: object): readonly ConstraintMetadata[] {
  return storage().constraintMetadatas.get(type) ?? [];
}

/** Takes away all that class-validator knows of these classes. */
export function forgetValidation(owned: ReadonlySet<object>): void {
  const { validationMetadatas, constraintMetadatas } = storage();
  for (const type of owned) {
    for (const made of madeConstraints(type)) constraintMetadatas.delete(made);
    constraintMetadatas.delete(type);
    validationMetadatas.delete(type);
  }
}

// Asked for each time: class-validator keeps it in a global variable, for all of its copies.
function storage(): Storage {
  return getMetadataStorage() as unknown as Storage;
}

let textOfMade: string | undefined;

// One that an author wrote may be used by other plugins, too. One that was made belongs to the one property.
function isMade(constraint: unknown): constraint is Class {
  if (typeof constraint !== 'function' || constraint.name !== 'CustomConstraint') return false;
  return textOf(constraint) === (textOfMade ??= textOf(makeConstraint()));
}

function makeConstraint(): object {
  class Sample {}
  const validator = { validate: () => true };
  registerDecorator({ target: Sample, propertyName: 'sample', options: {}, constraints: [], validator });
  const { validationMetadatas, constraintMetadatas } = storage();
  const made = validationMetadatas.get(Sample)?.[0]?.constraintCls;
  validationMetadatas.delete(Sample);
  constraintMetadatas.delete(made);
  return made as object;
}

function textOf(type: object): string {
  return Function.prototype.toString.call(type);
}
