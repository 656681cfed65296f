import type { ActionParameter, PluginAction } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { RequestBody, Schema } from './document-types.ts';
import { isOwnClass, listSchema, valueSchema, type Refer } from './value-schema.ts';

/** What an action takes as its body; undefined where it takes none. */
export function requestBody(
  { parameters, answersJson, bodyTypes }: PluginAction,
  refer: Refer,
): RequestBody | undefined {
  const whole = parameters.find(({ kind }) => kind === 'body');
  const fields = parameters.filter(({ kind }) => kind === 'body-param');
  const files = parameters.filter(({ kind }) => kind === 'file' || kind === 'files');
  if (!whole && fields.length === 0 && files.length === 0) return undefined;
  const schema = bodySchema(whole, [...fields, ...files], refer);
  const usual = mediaTypes(schema, whole, answersJson);
  const types = files.length > 0 ? ['multipart/form-data'] : bodyTypes ? withTypes(bodyTypes, usual) : usual;
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
  if (fields.length === 0) return whole ? typed(whole, refer) : {};
  // What stands beside it is no surplus of it.
  const own = whole && typed({ ...whole, validation: { ...whole.validation, whitelist: false } }, refer);
  const required = fields.filter((field) => field.isRequired).map(({ name }) => name);
  const rest: Schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, refer)])),
    ...(required.length > 0 && { required }),
  };
  return own ? { allOf: [own, rest] } : rest;
}

function typed({ type, isList, validation }: ActionParameter, refer: Refer): Schema {
  const one = valueSchema(type, refer, validation);
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
  const forms = isForm ? [form] : [];
  if (answersJson) return ['application/json', ...forms];
  return isText || whole?.type === undefined || !isForm ? [...forms, 'text/plain'] : forms;
}

const form = 'application/x-www-form-urlencoded';

/** Those that an action names itself, in the place of the one that is read as a rule. */
function withTypes(named: readonly string[], usual: readonly string[]): readonly string[] {
  return [...named, ...usual.filter((type) => type === form)];
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
  const { type, isList, validation } = whole;
  return isOwnClass(type) && !isList && 'required' in classSchema(type, refer, validation);
}
