import 'reflect-metadata';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_INT } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Class } from 'plugboard';
import type { Schema } from './document-types.ts';
import { schemaConverters } from './schema-converters.ts';
import type { Refer } from './value-schema.ts';

/** The schema of a class, by its class-validator decorators. Only this class is asked for, whatever else the process has. */
export function classSchema(type: Class, refer: Refer): Schema {
  const constraints = constraintsOf(type);
  if (constraints.length === 0) return { type: 'object' };
  const schema = targetConstructorToSchema(type, {
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: schemaConverters(refer),
  }) as unknown as ObjectSchema;
  const { properties = {}, required = [], ...rest } = schema;
  const defaults = defaultsOf(type);
  const missing = required.filter((property) => defaults[property] === undefined);
  return {
    type: 'object',
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties).map(([property, value]) => [
        property,
        { ...value, ...integerOf(property, constraints), ...defaultOf(defaults[property]) },
      ]),
    ),
    ...(missing.length > 0 && { required: missing }),
  };
}

/** Whether class-validator knows anything of it, or of what it extends. */
export function hasConstraints(type: Class): boolean {
  return constraintsOf(type).length > 0;
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Constraint {
  readonly propertyName: string;
  readonly name?: string | undefined;
  readonly each: boolean;
}

// class-validator goes through all that it knows of, so it is asked once.
function constraintsOf(type: Class): readonly Constraint[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
}

// `@Min(1) @IsInt()` is an integer as `@IsInt() @Min(1)` is: the order of decorators means nothing.
function integerOf(property: string, constraints: readonly Constraint[]): Schema {
  const isInteger = constraints.some(
    ({ propertyName, name, each }) => propertyName === property && name === IS_INT && !each,
  );
  return isInteger ? { type: 'integer' } : {};
}

/** What a request may leave out, because the class has a value for it: class-transformer makes one just so. */
function defaultsOf(type: Class): Readonly<Record<string, unknown>> {
  try {
    return { ...new (type as new () => object)() };
  } catch {
    // Its constructor needs arguments: then there is nothing to be known.
    return {};
  }
}

function defaultOf(value: unknown): Schema {
  return ['string', 'number', 'boolean'].includes(typeof value) ? { default: value } : {};
}
