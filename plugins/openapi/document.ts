import type { PathTemplate, PluginAction } from 'plugboard';
import {
  httpMethods,
  type HttpMethod,
  type Info,
  type OpenApiDocument,
  type Operation,
  type Schema,
  type UndescribedRoute,
} from './document-types.ts';
import { ErrorResponses, errorSchemaNames, needsUser } from './error-responses.ts';
import { operationOptions, type OperationOptions } from './operation-decorator.ts';
import { OperationIds } from './operation-ids.ts';
import { operationParameters } from './parameters.ts';
import { Paths } from './paths.ts';
import { requestBody } from './request-body.ts';
import { operationResponses } from './responses.ts';
import { Schemas } from './schemas.ts';
import type { Refer } from './value-schema.ts';

/** A running plugin. */
export interface DocumentedPlugin {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly PluginAction[];
}

export interface DocumentSettings {
  readonly info: Info;
  readonly securitySchemes: Readonly<Record<string, object>>;
  readonly errorSchema: Schema | undefined;
  /** Whether HEAD, which each GET answers, is an operation of its own. */
  readonly head: boolean;
}

/** The document of some plugins: plain values, which hold none of their classes. */
export function createDocument(
  plugins: readonly DocumentedPlugin[],
  { info, securitySchemes, errorSchema, head }: DocumentSettings,
): OpenApiDocument {
  const draft: Draft = {
    paths: new Paths(),
    ids: new OperationIds(),
    schemas: new Schemas(errorSchemaNames),
    errors: new ErrorResponses(errorSchema),
    security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
    undescribed: [],
  };
  const described = plugins.filter((plugin) => addPlugin(plugin, draft, { head }));
  return draft.schemas.resolve({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: described.map(({ name, description }) => ({ name, description: description || undefined })),
    paths: draft.paths.items,
    components: {
      schemas: { ...draft.errors.schemas, ...draft.schemas.named },
      responses: draft.errors.used,
      ...(draft.security.length > 0 && { securitySchemes }),
    },
    'x-not-described': draft.undescribed.length > 0 ? draft.undescribed : undefined,
  });
}

/** What a document is made of on the way. */
interface Draft {
  readonly paths: Paths;
  readonly ids: OperationIds;
  readonly schemas: Schemas;
  readonly errors: ErrorResponses;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly undescribed: UndescribedRoute[];
}

/** Whether there is anything of it in the document. */
function addPlugin(
  { name, actions }: DocumentedPlugin,
  draft: Draft,
  { head }: Pick<DocumentSettings, 'head'>,
): boolean {
  const shown = actions
    .map((action) => ({ plugin: name, action, options: operationOptions(action.controller, action.handler) }))
    .filter(({ options }) => !options.hidden);
  for (const one of shown) addAction(one, draft);
  // Last: an action of its own for HEAD comes before what a GET answers.
  if (head) for (const one of shown) addHead(one, draft);
  return shown.length > 0;
}

interface ShownAction {
  readonly plugin: string;
  readonly action: PluginAction;
  readonly options: OperationOptions;
}

function addAction(shown: ShownAction, draft: Draft): void {
  const { action } = shown;
  const methods = methodsOf(action);
  const reason = whyUndescribed(action, methods);
  if (reason !== undefined) addUndescribed(shown, reason, draft);
  for (const template of action.templates) {
    for (const method of methods) {
      if (!draft.paths.has(template, method)) addOperation({ ...shown, template, method }, draft);
      // Of two that are alike the first one is served.
      else if (!draft.paths.isSame(template, method)) {
        addUndescribed(shown, `OpenAPI can't tell it from another route of ${template.path}`, draft);
      }
    }
  }
}

function addHead(shown: ShownAction, draft: Draft): void {
  if (shown.action.method !== 'GET') return;
  for (const template of shown.action.templates) {
    if (!draft.paths.has(template, 'head')) addOperation({ ...shown, template, method: 'head' }, draft);
  }
}

function addOperation(described: Described, draft: Draft): void {
  draft.paths.add(described.template, described.method, describeOperation(described, draft));
}

function whyUndescribed(
  { method, templates }: PluginAction,
  methods: readonly HttpMethod[],
): string | undefined {
  if (methods.length === 0) return `OpenAPI 3.1 has no place for the method ${method}`;
  return templates.length === 0
    ? 'OpenAPI has no path for a regular expression, nor for one that leaves out what is optional in over 32 ways'
    : undefined;
}

function addUndescribed({ plugin, action }: ShownAction, reason: string, { undescribed }: Draft): void {
  const { method, path } = action;
  undescribed.push({ tag: plugin, method, path, reason });
}

/** `ALL` stands for those that OpenAPI has a place for; it has none for verbs of one's own. */
function methodsOf({ method }: PluginAction): readonly HttpMethod[] {
  const named = method.toLowerCase();
  return named === 'all' ? httpMethods : httpMethods.filter((one) => one === named);
}

interface Described extends ShownAction {
  readonly template: PathTemplate;
  readonly method: HttpMethod;
}

function describeOperation(
  { plugin, action, options, template, method }: Described,
  draft: Draft,
): Operation {
  const { paths, ids, errors, schemas, security } = draft;
  const refer: Refer = (type, validation) => schemas.refer(type, plugin, validation);
  const parameters = operationParameters(action, { template, path: paths.pathOf(template), refer });
  return {
    operationId: ids.take(plugin, action, method, options.operationId),
    tags: [plugin],
    summary: options.summary,
    description: options.description,
    deprecated: options.deprecated ? true : undefined,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: requestBody(action, refer),
    responses: operationResponses({ ...action, method: method.toUpperCase() }, options, { refer, errors }),
    security: needsUser(action) && security.length > 0 ? security : undefined,
  };
}
