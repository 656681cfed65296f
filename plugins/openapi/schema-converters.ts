import 'reflect-metadata';
import type { TypeOptions } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import {
  CONTAINS,
  IS_ALPHA,
  IS_ALPHANUMERIC,
  IS_BOOLEAN_STRING,
  IS_DATE,
  IS_DATE_STRING,
  IS_EMPTY,
  IS_ENUM,
  IS_HEX_COLOR,
  IS_HEXADECIMAL,
  IS_IN,
  IS_IP,
  IS_ISO8601,
  IS_NOT_EMPTY,
  IS_NUMBER_STRING,
  IS_URL,
  MATCHES,
  MAX_DATE,
  MIN_DATE,
  NOT_CONTAINS,
  ValidationTypes,
} from 'class-validator';
import type { Constraint } from './constraints.ts';
import type { Schema } from './document-types.ts';
import { valueSchema, type Refer } from './value-schema.ts';

type Discriminator = NonNullable<TypeOptions['discriminator']>;

type Converter = Schema | ((constraint: Constraint) => Schema);

/**
 * In place of those of class-validator-jsonschema that refer to classes by their name alone, that are not what JSON Schema
 * 2020-12 or JSON itself can have, or that refuse what class-validator lets pass.
 */
export function schemaConverters(refer: Refer): Readonly<Record<string, Converter>> {
  return {
    [ValidationTypes.NESTED_VALIDATION]: (constraint) => nestedSchema(constraint, refer),
    // Of somebody's own constraint nothing is known but the type of what it is asked of.
    [ValidationTypes.CUSTOM_VALIDATION]: (constraint) => propertySchema(constraint, refer),
    [IS_NOT_EMPTY]: (constraint) =>
      designType(constraint) === String ? { type: 'string', minLength: 1 } : {},
    [IS_EMPTY]: { enum: ['', null] },
    [IS_IN]: ({ constraints: [values] }) => oneOfSchema(values as readonly unknown[]),
    [IS_ENUM]: ({ constraints: [members] }) => enumSchema(members as object),
    [IS_DATE]: dateTime,
    [MIN_DATE]: dateTime,
    [MAX_DATE]: dateTime,
    [IS_DATE_STRING]: dateOrTime,
    [IS_ISO8601]: dateOrTime,
    [MATCHES]: ({ constraints: [pattern, flags] }) => patternSchema(pattern as RegExp | string, flags),
    [CONTAINS]: ({ constraints: [text] }) => ({ type: 'string', pattern: literal(text) }),
    [NOT_CONTAINS]: ({ constraints: [text] }) => ({ type: 'string', not: { pattern: literal(text) } }),
    [IS_ALPHA]: ({ constraints: [locale] }) => ofLocale(locale as string | undefined, '^[a-zA-Z]+$'),
    [IS_ALPHANUMERIC]: ({ constraints: [locale] }) =>
      ofLocale(locale as string | undefined, '^[0-9a-zA-Z]+$'),
    [IS_BOOLEAN_STRING]: { type: 'string', enum: ['true', 'false', '1', '0'] },
    [IS_NUMBER_STRING]: { type: 'string', pattern: '^[+-]?(?:[0-9]*[.])?[0-9]+$' },
    [IS_HEXADECIMAL]: { type: 'string', pattern: '^(?:0[xXhH])?[0-9a-fA-F]+$' },
    [IS_HEX_COLOR]: { type: 'string', pattern: '^#?(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' },
    [IS_IP]: ({ constraints: [version] }) => addressSchema(version as string | number | undefined),
    // `example.com` is one to class-validator, and none to `format: uri`.
    [IS_URL]: { type: 'string' },
  };
}

const dateTime: Schema = { type: 'string', format: 'date-time' };
const dateOrTime: Schema = { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] };

function nestedSchema(constraint: Constraint, refer: Refer): Schema {
  const { target, propertyName } = constraint;
  const found = defaultMetadataStorage.findTypeMetadata(target, propertyName);
  const type: unknown = found?.typeFunction?.();
  if (!type) return propertySchema(constraint, refer);
  const schema = kindsSchema(found.options.discriminator, refer) ?? valueSchema(type, refer);
  return !constraint.each && isList(constraint) ? { type: 'array', items: schema } : schema;
}

/** `@Type(() => Shape, { discriminator })`: one of several classes, told by the name that a property has. */
function kindsSchema(discriminator: Discriminator | undefined, refer: Refer): Schema | undefined {
  if (!discriminator) return undefined;
  const { property, subTypes } = discriminator;
  const kinds = subTypes.map(({ name, value }) => ({
    allOf: [
      valueSchema(value, refer),
      { type: 'object', properties: { [property]: { const: name } }, required: [property] },
    ],
  }));
  return { anyOf: kinds };
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

/** JSON Schema's patterns have no flags: what needs one is said in words. */
function patternSchema(pattern: RegExp | string, flags: unknown): Schema {
  const { source, flags: all } = typeof pattern === 'string' ? new RegExp(pattern, flags as string) : pattern;
  return /[imsv]/.test(all)
    ? { type: 'string', $comment: `It matches /${source}/${all}` }
    : { type: 'string', pattern: source };
}

function literal(text: unknown): string {
  return String(text).replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function ofLocale(locale: string | undefined, pattern: string): Schema {
  const isEnglish = locale === undefined || locale.startsWith('en');
  return { type: 'string', ...(isEnglish && { pattern }) };
}

function addressSchema(version: string | number | undefined): Schema {
  const formats = version === undefined ? ['ipv4', 'ipv6'] : [`ipv${version}`];
  return { type: 'string', anyOf: formats.map((format) => ({ format })) };
}

function oneOfSchema(values: readonly unknown[]): Schema {
  const types = [...new Set(values.map((value) => typeof value))];
  const isSimple = types.length === 1 && ['string', 'number', 'boolean'].includes(types[0] ?? '');
  return { ...(isSimple && { type: types[0] }), enum: values };
}

function enumSchema(members: object): Schema {
  if (Array.isArray(members)) return { enum: members };
  // A numeric enum maps back from its numbers to its names.
  const values = Object.entries(members)
    .filter(([name]) => !/^-?\d/.test(name))
    .map(([, value]) => value as unknown);
  return { enum: values };
}
