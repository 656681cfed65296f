import type { PluginAction } from 'plugboard';
import type { Reference, Response, Schema } from './document-types.ts';

/** What a host answers by itself, besides what an action answers. */
export class ErrorResponses {
  readonly #used = new Map<string, Response>();

  /** `errorSchema`: of the app's own `errorBody`. */
  constructor(private readonly errorSchema: Schema | undefined) {}

  /** A reference to the answer with this status; one of a `@Controller` is plain text. */
  refer(status: number, answersJson: boolean): Reference {
    const name = `${nameOf(status)}${answersJson || status === 503 ? '' : 'Text'}`;
    if (!this.#used.has(name)) {
      this.#used.set(name, {
        description: describeStatus(status),
        content: this.contentOf(status, answersJson),
      });
    }
    return { $ref: `#/components/responses/${name}` };
  }

  contentOf(status: number, answersJson: boolean): NonNullable<Response['content']> {
    // Of a plugin that does not run nobody is there to say it otherwise.
    if (status === 503)
      return { 'application/json': { schema: { $ref: '#/components/schemas/Unavailable' } } };
    return answersJson
      ? { 'application/json': { schema: { $ref: `#/components/schemas/${schemaName(status)}` } } }
      : { 'text/plain': { schema: { type: 'string' } } };
  }

  /** Those that were referred to, by name. */
  get used(): Readonly<Record<string, Response>> {
    return Object.fromEntries(this.#used);
  }

  get schemas(): Readonly<Record<(typeof errorSchemaNames)[number], Schema>> {
    const { errorSchema } = this;
    return {
      ErrorBody: errorSchema ?? errorBody,
      ValidationErrorBody: errorSchema ?? validationErrorBody,
      Violation: violation,
      InternalErrorBody: errorSchema ?? internalErrorBody,
      Unavailable: unavailable,
    };
  }
}

export const errorSchemaNames = [
  'ErrorBody',
  'ValidationErrorBody',
  'Violation',
  'InternalErrorBody',
  'Unavailable',
] as const;

/** The statuses that an action can have without a word of its own. */
export function errorStatuses({
  parameters,
  roles,
  undefinedStatus,
  templates,
  redirect,
  view,
}: PluginAction): readonly number[] {
  const isChecked = parameters.some(
    ({ kind, type, isRequired }) =>
      checked.has(kind) && (isRequired || (type !== undefined && type !== String)),
  );
  const takesBody = parameters.some(({ kind }) => bodies.has(kind));
  const needsUser = parameters.some(({ kind, isRequired }) => kind === 'current-user' && isRequired);
  const takesPath = templates.some((template) => template.parameters.length > 0);
  const mayBeUndefined = undefinedStatus === undefined && redirect === undefined && view === undefined;
  return [
    ...(isChecked || takesBody ? [400] : []),
    ...(roles !== undefined || needsUser ? [401] : []),
    ...(roles !== undefined && roles.length > 0 ? [403] : []),
    ...(takesPath || mayBeUndefined ? [404] : []),
    ...(takesBody ? [413] : []),
    500,
    503,
    504,
  ];
}

const bodies: ReadonlySet<string> = new Set(['body', 'body-param', 'file', 'files']);
const checked: ReadonlySet<string> = new Set([
  'param',
  'params',
  'query',
  'queries',
  'header',
  'headers',
  'cookie',
  'cookies',
]);

function schemaName(status: number): string {
  if (status === 400) return 'ValidationErrorBody';
  return status >= 500 ? 'InternalErrorBody' : 'ErrorBody';
}

const statuses: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  413: 'PayloadTooLarge',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

function nameOf(status: number): string {
  return statuses[status] ?? `Status${status}`;
}

const descriptions: Readonly<Record<number, string>> = {
  400: 'What was sent is not valid',
  401: 'Nobody is signed in',
  403: 'It is not allowed',
  404: 'There is no such thing',
  413: 'What was sent is too large',
  500: 'The plugin has failed; the log has why, by the id of the request',
  503: 'The plugin does not run now',
  504: 'The plugin did not answer in time',
};

export function describeStatus(status: number): string {
  return descriptions[status] ?? `Status ${status}`;
}

const text: Schema = { type: 'string' };

const errorBody: Schema = {
  description: 'What went wrong',
  type: 'object',
  properties: { name: { ...text, description: 'The class of the error' }, message: text },
  required: ['name', 'message'],
};

const validationErrorBody: Schema = {
  description: 'What went wrong and, where a class was validated, by property',
  type: 'object',
  properties: {
    name: text,
    message: text,
    errors: { type: 'array', items: { $ref: '#/components/schemas/Violation' } },
  },
  required: ['name', 'message'],
};

const violation: Schema = {
  description: 'What is wrong with a property',
  type: 'object',
  properties: {
    property: text,
    constraints: {
      type: 'object',
      additionalProperties: text,
      description: 'By constraint, what it asks for',
    },
    children: { type: 'array', items: { $ref: '#/components/schemas/Violation' } },
  },
  required: ['property', 'children'],
};

const internalErrorBody: Schema = {
  description: 'That something went wrong; what it was is in the log alone',
  type: 'object',
  properties: { name: text, message: text, requestId: { ...text, description: 'By which the log has it' } },
  required: ['name', 'message'],
};

const unavailable: Schema = {
  description: 'A plugin that can not serve now',
  type: 'object',
  properties: { plugin: text, state: text },
};
