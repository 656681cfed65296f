import 'reflect-metadata';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { ValidationTypes } from 'class-validator';
import { validationMetadataArrayToSchemas } from 'class-validator-jsonschema';
import type { Class } from 'plugboard';
import { constraintsOf, isOfIntegers, type Constraint } from './constraints.ts';
import type { Schema } from './document-types.ts';
import { schemaConverters } from './schema-converters.ts';
import { wireProperty } from './transformed-properties.ts';
import type { Refer } from './value-schema.ts';
import type { Validation } from './validation-variant.ts';

/**
 * The schema of a class, by its class-validator decorators, as `validation` has them checked. Only this class is asked for,
 * whatever else the process has.
 */
export function classSchema(type: Class, refer: Refer, validation: Validation = {}): Schema {
  const constraints = constraintsOf(type, validation);
  if (constraints.length === 0) return { type: 'object' };
  const { properties = {}, required = [], ...rest } = schemaOf(constraints, { refer, validation });
  const defaults = defaultsOf(type);
  const described = Object.entries(properties).flatMap(([property, schema]) => {
    const wire = wireProperty(type, property);
    if (!wire) return [];
    const own = constraints.filter(({ propertyName }) => propertyName === property);
    const value = { ...schema, ...isOfIntegers(own), ...defaultOf(defaults[property]), ...wire.access };
    const isRequired =
      required.includes(property) && defaults[property] === undefined && !own.every(isMereAllowance);
    return [{ name: wire.name, value, isRequired }];
  });
  const missing = described.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    ...rest,
    properties: Object.fromEntries(described.map(({ name, value }) => [name, value])),
    ...(missing.length > 0 && { required: missing }),
    ...(validation.whitelist && validation.forbidNonWhitelisted && { additionalProperties: false }),
  };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Surroundings {
  readonly refer: Refer;
  readonly validation: Validation;
}

function schemaOf(constraints: readonly Constraint[], { refer, validation }: Surroundings): ObjectSchema {
  const schemas = validationMetadataArrayToSchemas([...constraints] as never, {
    classTransformerMetadataStorage: typesOnly as never,
    additionalConverters: schemaConverters(refer),
    skipMissingProperties: validation.skipMissingProperties === true,
  });
  // By the class's name, which may be empty; all constraints are of this one class.
  return (Object.values(schemas)[0] ?? {}) as unknown as ObjectSchema;
}

/** What is renamed or left out is found out here, by `wireProperty`. */
const typesOnly = {
  findTypeMetadata: (...of: Parameters<typeof defaultMetadataStorage.findTypeMetadata>) =>
    defaultMetadataStorage.findTypeMetadata(...of),
  findExcludeMetadata: () => undefined,
  getExposedMetadatas: () => [],
};

/** `@Allow()` asks for nothing. */
function isMereAllowance({ type }: Constraint): boolean {
  return type === ValidationTypes.WHITELIST;
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
