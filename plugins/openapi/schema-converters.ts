import 'reflect-metadata';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import {
  IS_DATE,
  IS_DATE_STRING,
  IS_EMPTY,
  IS_ENUM,
  IS_ISO8601,
  IS_NOT_EMPTY,
  MAX_DATE,
  MIN_DATE,
  ValidationTypes,
} from 'class-validator';
import type { Schema } from './document-types.ts';
import { valueSchema, type Refer } from './value-schema.ts';

/** One constraint, as class-validator keeps it. */
interface Constraint {
  readonly target: unknown;
  readonly propertyName: string;
  readonly constraints: readonly unknown[];
  readonly each: boolean;
}

type Converter = Schema | ((constraint: Constraint) => Schema);

/**
 * In place of those of class-validator-jsonschema that refer to classes by their name alone, or that are not what
 * JSON Schema 2020-12 or JSON itself can have.
 */
export function schemaConverters(refer: Refer): Readonly<Record<string, Converter>> {
  return {
    [ValidationTypes.NESTED_VALIDATION]: (constraint) => nestedSchema(constraint, refer),
    // Of somebody's own constraint nothing is known but the type of what it is asked of.
    [ValidationTypes.CUSTOM_VALIDATION]: (constraint) => propertySchema(constraint, refer),
    [IS_NOT_EMPTY]: (constraint) =>
      designType(constraint) === String ? { type: 'string', minLength: 1 } : {},
    [IS_EMPTY]: { enum: ['', null] },
    [IS_ENUM]: ({ constraints: [members] }) => enumSchema(members as object),
    [IS_DATE]: dateTime,
    [MIN_DATE]: dateTime,
    [MAX_DATE]: dateTime,
    [IS_DATE_STRING]: dateOrTime,
    [IS_ISO8601]: dateOrTime,
  };
}

const dateTime: Schema = { type: 'string', format: 'date-time' };
const dateOrTime: Schema = { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] };

function nestedSchema(constraint: Constraint, refer: Refer): Schema {
  const { target, propertyName } = constraint;
  const type = defaultMetadataStorage.findTypeMetadata(target, propertyName)?.typeFunction?.();
  if (!type) return propertySchema(constraint, refer);
  const schema = valueSchema(type, refer);
  return !constraint.each && isList(constraint) ? { type: 'array', items: schema } : schema;
}

function propertySchema(constraint: Constraint, refer: Refer): Schema {
  // Of a list the compiler has written down that it is one, and not of what.
  return constraint.each ? {} : valueSchema(designType(constraint), refer);
}

function isList(constraint: Constraint): boolean {
  return designType(constraint) === Array;
}

function designType({ target, propertyName }: Constraint): unknown {
  if (typeof target !== 'function') return undefined;
  return Reflect.getMetadata('design:type', target.prototype as object, propertyName);
}

function enumSchema(members: object): Schema {
  if (Array.isArray(members)) return { enum: members };
  // A numeric enum maps back from its numbers to its names.
  const values = Object.entries(members)
    .filter(([name]) => !/^-?\d/.test(name))
    .map(([, value]) => value as unknown);
  return { enum: values };
}
