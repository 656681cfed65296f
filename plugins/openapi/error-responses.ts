import type { PluginAction } from 'plugboard';
import { errorMediaType, jsonType } from './media-type.ts';
import type { Content, Reference, Response, Schema } from './document-types.ts';

/** What a host answers by itself, besides what an action answers. */
export class ErrorResponses {
  readonly #used = new Map<string, Response>();
  readonly #usedSchemas = new Set<SchemaName>();

  /** `errorSchema`: of the app's own `errorBody`. */
  constructor(private readonly errorSchema: Schema | undefined) {}

  /** The answer with this status, a reference where others have the same; one of a `@Controller` is plain text. */
  refer(status: number, action: PluginAction): Reference | Response {
    if (status !== 503 && action.answersJson && errorMediaType(action) !== jsonType) {
      return { description: describeStatus(status), content: this.contentOf(status, action) };
    }
    const name = `${nameOf(status)}${action.answersJson || status === 503 ? '' : 'Text'}`;
    if (!this.#used.has(name)) {
      this.#used.set(name, {
        description: describeStatus(status),
        content: this.contentOf(status, action),
      });
    }
    return { $ref: `#/components/responses/${name}` };
  }

  contentOf(status: number, action: PluginAction): Content {
    const { answersJson, appAnswersErrors } = action;
    // Of a plugin that does not run nobody is there to say it otherwise.
    if (status === 503) return this.#ofType(jsonType, 'Unavailable');
    // The app may send anything, and has not said what.
    if (appAnswersErrors && !(this.errorSchema && answersJson)) return { '*/*': { schema: {} } };
    const type = errorMediaType(action);
    return answersJson ? this.#ofType(type, schemaName(status)) : { [type]: { schema: text } };
  }

  #ofType(type: string, name: SchemaName): Content {
    this.#usedSchemas.add(name);
    return { [type]: { schema: { $ref: `#/components/schemas/${name}` } } };
  }

  /** Those that were referred to, by name. */
  get used(): Readonly<Record<string, Response>> {
    return Object.fromEntries(this.#used);
  }

  /** Those that these speak of, by name. */
  get schemas(): Readonly<Record<string, Schema>> {
    const used = this.#usedSchemas;
    const named = errorSchemaNames.filter((name) => used.has(name)).map((name) => [name, this.#schema(name)]);
    const hasViolations = used.has('ValidationErrorBody') && !this.errorSchema;
    return { ...Object.fromEntries(named), ...(hasViolations && { Violation: violation }) };
  }

  #schema(name: SchemaName): Schema {
    return name === 'Unavailable' ? own[name] : (this.errorSchema ?? own[name]);
  }
}

export const errorSchemaNames = [
  'ErrorBody',
  'ValidationErrorBody',
  'Violation',
  'InternalErrorBody',
  'Unavailable',
] as const;

type SchemaName = (typeof errorSchemaNames)[number];

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
  const isGuarded = needsUser({ parameters, roles });
  const takesPath = templates.some((template) => template.parameters.length > 0);
  const mayBeUndefined = undefinedStatus === undefined && redirect === undefined && view === undefined;
  return [
    ...(isChecked || takesBody ? [400] : []),
    ...(isGuarded ? [401] : []),
    ...(roles !== undefined && roles.length > 0 ? [403] : []),
    ...(takesPath || mayBeUndefined ? [404] : []),
    ...(takesBody ? [413] : []),
    500,
    503,
    504,
  ];
}

/** Whether it answers only who is signed in. */
export function needsUser({ parameters, roles }: Pick<PluginAction, 'parameters' | 'roles'>): boolean {
  return (
    roles !== undefined || parameters.some(({ kind, isRequired }) => kind === 'current-user' && isRequired)
  );
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
  'session-param',
]);

function schemaName(status: number): SchemaName {
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

const own: Readonly<Record<SchemaName, Schema>> = {
  ErrorBody: errorBody,
  ValidationErrorBody: validationErrorBody,
  Violation: violation,
  InternalErrorBody: internalErrorBody,
  Unavailable: unavailable,
};
