import 'reflect-metadata';
import { STATUS_CODES } from 'node:http';
import type { PluginAction } from 'plugboard';
import { hasConstraints } from './class-schema.ts';
import { describeStatus, errorStatuses, type ErrorResponses } from './error-responses.ts';
import type { Content, Operation, Response, Schema } from './document-types.ts';
import type { BodyType, OperationOptions, ResponseOptions } from './operation-decorator.ts';
import { isOwnClass, listSchema, valueSchema, type Refer } from './value-schema.ts';

/** All answers of an action, by status. */
export function operationResponses(
  action: PluginAction,
  options: OperationOptions,
  { refer, errors }: { readonly refer: Refer; readonly errors: ErrorResponses },
): Operation['responses'] {
  const { answersJson } = action;
  return {
    ...Object.fromEntries(errorStatuses(action).map((status) => [status, errors.refer(status, answersJson)])),
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
  const without = [undefinedStatus, nullStatus === 204 ? undefined : nullStatus].filter(
    (status) => status !== undefined && status < 400,
  );
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
  const schema = response === undefined ? returnedSchema(action, refer) : bodyTypeSchema(response, refer);
  return { [mediaType(action)]: { schema } };
}

/** The method's return type, where the compiler has written down a class that says something. */
function returnedSchema({ controller, handler, view, answersJson }: PluginAction, refer: Refer): Schema {
  if (view !== undefined || !answersJson) return { type: 'string' };
  const type: unknown = Reflect.getMetadata('design:returntype', controller.prototype as object, handler);
  if (isOwnClass(type)) return hasConstraints(type) ? valueSchema(type, refer) : {};
  return type === String || type === Number || type === Boolean ? valueSchema(type, refer) : {};
}

function bodyTypeSchema(type: BodyType, refer: Refer): Schema {
  if (Array.isArray(type)) return listSchema(valueSchema(type[0], refer));
  return typeof type === 'function' ? valueSchema(type, refer) : (type as Schema);
}

function mediaType({ headers, view, answersJson }: PluginAction): string {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (given !== undefined) return given.split(';')[0]?.trim() || '*/*';
  if (view !== undefined) return 'text/html';
  return answersJson ? 'application/json' : '*/*';
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
  const { answersJson } = action;
  const text = description ?? (status < 400 ? (STATUS_CODES[status] ?? 'Success') : describeFailure(status));
  if (type !== undefined) {
    return { description: text, content: { [mediaType(action)]: { schema: bodyTypeSchema(type, refer) } } };
  }
  return status < 400
    ? { description: text }
    : { description: text, content: errors.contentOf(status, answersJson) };
}

function describeFailure(status: number): string {
  const text = describeStatus(status);
  return text === `Status ${status}` ? (STATUS_CODES[status] ?? text) : text;
}
