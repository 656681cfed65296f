import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Content, OpenApiDocument, Operation, Schema } from './document-types.ts';
import { httpMethods } from './document-types.ts';
import { findOperation } from './find-operation.ts';

/** What is checked: an answer of supertest, or of anything that knows its request. */
export interface CheckedAnswer {
  readonly status: number;
  /** Of the headers, the media type alone: `application/json`. */
  readonly type: string;
  /** What was parsed of a JSON body. */
  readonly body: unknown;
  readonly request: { readonly method: string; readonly url: string };
}

/** An answer, and the operation that gave it. */
export interface Call {
  readonly answer: CheckedAnswer;
  readonly path: string;
  readonly operation: Operation;
}

/** There is no such operation. */
export function notDescribed(document: OpenApiDocument, method: string, path: string): string {
  const others = httpMethods.filter((verb) => findOperation(document, verb, path)?.method === verb);
  if (others.length > 0) {
    const known = others.map((verb) => verb.toUpperCase()).join(', ');
    return `${method} ${path} is not in the document.\n  It has ${known} of this path: is it the method that was meant?`;
  }
  const undescribed = document['x-not-described'] ?? [];
  const reasons = undescribed.map(
    ({ method: verb, path: route, reason }) => `  ${verb} ${route}: ${reason}.`,
  );
  return [
    `${method} ${path} is not in the document.`,
    "  Is its plugin running, is the action @ApiOperation({ hidden: true }), or the plugin in `exclude`? Where the app has mounted the host, write conformance(host, '/api').",
    ...(reasons.length > 0 ? ['  These routes run, and OpenAPI has no words for them:', ...reasons] : []),
  ].join('\n');
}

/** The operation is there, and has no answer of this status. */
export function unknownStatus(call: Call): string {
  const { operation, answer } = call;
  return [
    `${told(call)} is not among ${Object.keys(operation.responses).join(', ')}, which ${operation.operationId} is described with.`,
    `  If it is meant, write ${statusFix(answer.status)} above the method; else look at why it answers so: ${bodyOf(answer)}`,
  ].join('\n');
}

/** What it sends is of another kind. */
export function otherMediaType(call: Call, content: Content): string {
  const { operation, answer } = call;
  const given = answer.type || 'of no media type';
  const fix =
    answer.type === ''
      ? "Say what the bytes are, @ContentType('application/octet-stream') for one"
      : `If it is meant, write @ContentType('${answer.type}')`;
  return [
    `${told(call)} is ${given}, not ${Object.keys(content).join(' or ')}, as ${operation.operationId} is described.`,
    `  ${fix} above the method.`,
  ].join('\n');
}

/** What it sends has another shape. */
export function otherBody(call: Call, schema: Schema, errors: readonly ErrorObject[]): string {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  return [
    `${told(call)} is not what the document says${name === undefined ? '' : ` of ${name}`}:`,
    ...errors.map(describe),
    `  Send what is described, or describe what is sent: ${bodyFix(call, name)}.`,
  ].join('\n');
}

function told({ answer, path }: Call): string {
  return `${answer.request.method} ${path}: ${answer.status}`;
}

function statusFix(status: number): string {
  if (status === 204) return '@OnNull(204), @OnUndefined(204) or @HttpCode(204)';
  if (status >= 300) return `@ApiOperation({ responses: { ${status}: { description: '…' } } })`;
  return `@HttpCode(${status}), or @ApiOperation({ responses: { ${status}: { description: '…', type: … } } })`;
}

function bodyFix({ answer }: Call, name: string | undefined): string {
  const { status } = answer;
  if (status >= 400)
    return `@ApiOperation({ responses: { ${status}: { description: '…', type: … } } }) above the method`;
  const option = '@ApiOperation({ response: … }) above the method';
  return name === undefined ? option : `the decorators of ${name}, or ${option}`;
}

function describe({ instancePath, keyword, message = '', params, data }: ErrorObject): string {
  const known = params as Readonly<Record<string, unknown>>;
  const hint = keyword === 'type' && data === null ? nullHint(known) : (hints[keyword]?.(known) ?? '');
  return `  ${instancePath || 'the body'} ${message}${hint}`;
}

function nullHint({ type }: Readonly<Record<string, unknown>>): string {
  return `, and is null (to allow that, write @JSONSchema({ type: ['${String(type)}', 'null'] }) above it)`;
}

type Hint = (params: Readonly<Record<string, unknown>>) => string;

/** What the message of ajv leaves out. */
const hints: Readonly<Record<string, Hint>> = {
  enum: ({ allowedValues }) => `: ${(allowedValues as readonly unknown[]).map(text).join(', ')}`,
  const: ({ allowedValue }) => `: ${text(allowedValue)}`,
  additionalProperties: ({ additionalProperty }) => `: ${text(additionalProperty)}`,
  required: ({ missingProperty }) => ` (or write @IsOptional() above ${String(missingProperty)})`,
};

function text(value: unknown): string {
  return JSON.stringify(value);
}

function bodyOf({ body, type }: CheckedAnswer): string {
  const sent = JSON.stringify(body) ?? type;
  return sent.length > 200 ? `${sent.slice(0, 200)}…` : sent;
}
