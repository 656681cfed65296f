import type { Class, PathTemplate, PluginAction } from 'plugboard';
import {
  httpMethods,
  type HttpMethod,
  type Info,
  type OpenApiDocument,
  type Operation,
  type Schema,
} from './document-types.ts';
import { ErrorResponses, errorSchemaNames } from './error-responses.ts';
import { operationOptions, type OperationOptions } from './operation-decorator.ts';
import { OperationIds } from './operation-ids.ts';
import { operationParameters } from './parameters.ts';
import { Paths } from './paths.ts';
import { requestBody } from './request-body.ts';
import { operationResponses } from './responses.ts';
import { Schemas } from './schemas.ts';

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
}

/** The document of some plugins: plain values, which hold none of their classes. */
export function createDocument(
  plugins: readonly DocumentedPlugin[],
  { info, securitySchemes, errorSchema }: DocumentSettings,
): OpenApiDocument {
  const draft: Draft = {
    paths: new Paths(),
    ids: new OperationIds(),
    schemas: new Schemas(errorSchemaNames),
    errors: new ErrorResponses(errorSchema),
    security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
  };
  const described = plugins.filter((plugin) => addPlugin(plugin, draft) > 0);
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
  });
}

/** What a document is made of on the way. */
interface Draft {
  readonly paths: Paths;
  readonly ids: OperationIds;
  readonly schemas: Schemas;
  readonly errors: ErrorResponses;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

/** How many operations there are of it. */
function addPlugin({ name, actions }: DocumentedPlugin, draft: Draft): number {
  let count = 0;
  for (const action of actions) {
    const options = operationOptions(action.controller, action.handler);
    if (options.hidden) continue;
    for (const template of action.templates) {
      for (const method of methodsOf(action)) {
        // Of two that are alike the first one is served.
        if (draft.paths.has(template, method)) continue;
        const described = describeOperation({ plugin: name, action, options, template, method }, draft);
        draft.paths.add(template, method, described);
        count++;
      }
    }
  }
  return count;
}

/** `ALL` stands for those that OpenAPI has a place for; it has none for verbs of one's own. */
function methodsOf({ method }: PluginAction): readonly HttpMethod[] {
  const named = method.toLowerCase();
  return named === 'all' ? httpMethods : httpMethods.filter((one) => one === named);
}

interface Described {
  readonly plugin: string;
  readonly action: PluginAction;
  readonly options: OperationOptions;
  readonly template: PathTemplate;
  readonly method: HttpMethod;
}

function describeOperation(
  { plugin, action, options, template, method }: Described,
  draft: Draft,
): Operation {
  const { paths, ids, errors, schemas, security } = draft;
  const refer = (type: Class) => schemas.refer(type, plugin);
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
    security: action.roles !== undefined && security.length > 0 ? security : undefined,
  };
}
