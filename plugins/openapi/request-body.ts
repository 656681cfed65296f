import type { ActionParameter, PluginAction } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { RequestBody, Schema } from './document-types.ts';
import { isOwnClass, listSchema, valueSchema, type Refer } from './value-schema.ts';

/** What an action takes as its body; undefined where it takes none. */
export function requestBody(
  { parameters, answersJson }: PluginAction,
  refer: Refer,
): RequestBody | undefined {
  const whole = parameters.find(({ kind }) => kind === 'body');
  const fields = parameters.filter(({ kind }) => kind === 'body-param');
  const files = parameters.filter(({ kind }) => kind === 'file' || kind === 'files');
  if (!whole && fields.length === 0 && files.length === 0) return undefined;
  const schema = bodySchema(whole, [...fields, ...files], refer);
  const types = files.length > 0 ? ['multipart/form-data'] : mediaTypes(schema, whole, answersJson);
  return {
    required: isRequired(whole, [...fields, ...files], refer),
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  };
}

function bodySchema(
  whole: ActionParameter | undefined,
  fields: readonly ActionParameter[],
  refer: Refer,
): Schema {
  const own = whole && typed(whole, refer);
  if (fields.length === 0) return own ?? {};
  const required = fields.filter((field) => field.isRequired).map(({ name }) => name);
  const rest: Schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, refer)])),
    ...(required.length > 0 && { required }),
  };
  return own ? { allOf: [own, rest] } : rest;
}

function typed({ type, isList }: ActionParameter, refer: Refer): Schema {
  const one = valueSchema(type, refer);
  return isList ? listSchema(one) : one;
}

function fieldSchema(field: ActionParameter, refer: Refer): Schema {
  if (field.kind === 'file') return file;
  return field.kind === 'files' ? listSchema(file) : typed(field, refer);
}

const file: Schema = { type: 'string', format: 'binary' };

/** An action of a `@Controller` reads text in the place of JSON; forms are read by all, and are objects. */
function mediaTypes(
  schema: Schema,
  whole: ActionParameter | undefined,
  answersJson: boolean,
): readonly string[] {
  const isText = whole?.type === String;
  const isForm = !isText && schema['type'] !== 'array';
  const form = isForm ? ['application/x-www-form-urlencoded'] : [];
  if (answersJson) return ['application/json', ...form];
  return isText || whole?.type === undefined || !isForm ? [...form, 'text/plain'] : form;
}

/** Also where an empty one could not be valid. */
function isRequired(
  whole: ActionParameter | undefined,
  fields: readonly ActionParameter[],
  refer: Refer,
): boolean {
  if (fields.some((field) => field.isRequired)) return true;
  if (!whole) return false;
  if (whole.isRequired) return true;
  return isOwnClass(whole.type) && !whole.isList && 'required' in classSchema(whole.type, refer);
}
