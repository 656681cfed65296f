import type { Schema } from './document-types.ts';

/** A value to begin with where a schema is to be filled in: what is required, with what the schema suggests. */
export function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth = 0): unknown {
  const { $ref, example, examples, default: usual, enum: values, allOf } = schema;
  if (typeof $ref === 'string') {
    // A class may have itself as a property.
    return depth > 4 ? {} : exampleOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth + 1);
  }
  const suggested = [example, firstOf(examples), usual, firstOf(values)].find((value) => value !== undefined);
  if (suggested !== undefined) return suggested;
  if (Array.isArray(allOf)) {
    return Object.assign({}, ...allOf.map((part: Schema) => exampleOf(part, schemas, depth))) as unknown;
  }
  return ofType(schema, schemas, depth);
}

function ofType(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth: number): unknown {
  const { type, format, items, properties, minimum } = schema;
  switch (type) {
    case 'string':
      return typeof format === 'string' ? (formats[format] ?? '') : '';
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? minimum : 0;
    case 'boolean':
      return false;
    case 'array':
      return [exampleOf((items as Schema | undefined) ?? {}, schemas, depth + 1)];
    default: {
      const entries = Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>);
      return Object.fromEntries(entries.map(([name, value]) => [name, exampleOf(value, schemas, depth)]));
    }
  }
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2030-01-31T12:00:00.000Z',
  date: '2030-01-31',
  email: 'ada@example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
