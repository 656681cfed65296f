import { JSONSchema as addSchema } from 'class-validator-jsonschema';
import type { Schema } from './document-types.ts';

/**
 * Adds to the schema of a class or a property what its other decorators do not say: any words of JSON Schema 2020-12. A
 * function gets what they say, and gives what is to be in its place.
 *
 * @example
 * @JSONSchema({ description: 'As it is on the tin', examples: ['Earl Grey'] })
 */
export function JSONSchema(
  schema: Schema | ((source: Schema) => Schema),
): ClassDecorator & PropertyDecorator {
  // It is typed by OpenAPI 3.0, and merges whatever it is given.
  return addSchema(schema as never) as ClassDecorator & PropertyDecorator;
}
