import 'reflect-metadata';
import { STATUS_CODES } from 'node:http';
import type { PluginAction } from 'plugboard';
import { hasConstraints } from './constraints.ts';
import { describeStatus, errorStatuses, type ErrorResponses } from './error-responses.ts';
import type { Content, Operation, Response, Schema } from './document-types.ts';
import { errorMediaType, jsonType, successMediaType } from './media-type.ts';
import type { BodyType, OperationOptions, ResponseOptions } from './operation-decorator.ts';
import { isOfBytes, isOwnClass, listSchema, valueSchema, type Refer } from './value-schema.ts';

/** All answers of an action, by status. */
export function operationResponses(
  action: PluginAction,
  options: OperationOptions,
  { refer, errors }: { readonly refer: Refer; readonly errors: ErrorResponses },
): Operation['responses'] {
  return {
    ...Object.fromEntries(errorStatuses(action).map((status) => [status, errors.refer(status, action)])),
    ...successes(action, options, refer),
    ...Object.fromEntries(
      Object.entries(options.responses ?? {}).map(([status, response]) => [
        status,
        further(Number(status), response, { action, refer, errors }),
      ]),
    ),
  };
}

function successes(
  action: PluginAction,
  options: OperationOptions,
  refer: Refer,
): Readonly<Record<string, Response>> {
  const { successStatus, undefinedStatus, nullStatus, redirect } = action;
  const headers = responseHeaders(action);
  if (redirect !== undefined) {
    const location = { Location: { schema: { type: 'string' } } };
    return { 302: { description: 'Found elsewhere', headers: { ...headers, ...location } } };
  }
  const without = [undefinedStatus, nullStatus].filter((status) => status !== undefined && status < 400);
  return {
    ...Object.fromEntries(
      without.map((status) => [String(status), { description: 'Nothing to tell', headers }]),
    ),
    [successStatus]: {
      description: STATUS_CODES[successStatus] ?? 'Success',
      headers,
      ...(hasBody(successStatus, action) && { content: successContent(action, options, refer) }),
    },
  };
}

function hasBody(status: number, { method }: PluginAction): boolean {
  return status !== 204 && status !== 304 && method !== 'HEAD';
}

function successContent(action: PluginAction, { response }: OperationOptions, refer: Refer): Content {
  const { controller, handler, answersJson, view, isIntercepted } = action;
  if (response !== undefined) {
    const type = successMediaType(action) ?? (answersJson ? jsonType : '*/*');
    return { [type]: { schema: bodyTypeSchema(response, refer) } };
  }
  const returned: unknown = isIntercepted
    ? undefined
    : Reflect.getMetadata('design:returntype', controller.prototype as object, handler);
  const type = successMediaType(action);
  if (view !== undefined || type?.startsWith('text/')) return { [type ?? '*/*']: { schema: text } };
  if (isOfBytes(returned)) return { [type ?? '*/*']: { schema: {} } };
  if (answersJson) return { [type ?? jsonType]: { schema: returnedSchema(returned, refer) } };
  // Express sends a string as HTML, and anything else as JSON.
  return returned === String
    ? { [type ?? 'text/html']: { schema: text } }
    : { [type ?? '*/*']: { schema: {} } };
}

const text: Schema = { type: 'string' };

/** Of what the compiler has written down, as far as it says something. */
function returnedSchema(type: unknown, refer: Refer): Schema {
  if (isOwnClass(type)) return hasConstraints(type) ? valueSchema(type, refer) : {};
  return plain.has(type) ? valueSchema(type, refer) : {};
}

const plain: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Array]);

function bodyTypeSchema(type: BodyType, refer: Refer): Schema {
  if (Array.isArray(type)) return listSchema(valueSchema(type[0], refer));
  return typeof type === 'function' ? valueSchema(type, refer) : (type as Schema);
}

/** Of `@Header` and `@Location`. */
function responseHeaders({ headers }: PluginAction): Response['headers'] {
  const described = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, value]) => [name, { schema: { type: 'string', examples: [value] } }] as const);
  return described.length > 0 ? Object.fromEntries(described) : undefined;
}

function further(
  status: number,
  { description, type }: ResponseOptions,
  { action, refer, errors }: { action: PluginAction; refer: Refer; errors: ErrorResponses },
): Response {
  const words = description ?? (status < 400 ? (STATUS_CODES[status] ?? 'Success') : describeFailure(status));
  if (type !== undefined) {
    const usual = action.answersJson ? jsonType : '*/*';
    const media = status < 400 ? (successMediaType(action) ?? usual) : errorMediaType(action);
    return { description: words, content: { [media]: { schema: bodyTypeSchema(type, refer) } } };
  }
  return status < 400
    ? { description: words }
    : { description: words, content: errors.contentOf(status, action) };
}

function describeFailure(status: number): string {
  const text = describeStatus(status);
  return text === `Status ${status}` ? (STATUS_CODES[status] ?? text) : text;
}
