/** A JSON Schema, 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** What Plugboard writes of an OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Info;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly Tag[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Components;
  /** Routes that run, and that OpenAPI has no words for. */
  readonly 'x-not-described'?: readonly UndescribedRoute[] | undefined;
}

export interface UndescribedRoute {
  /** The plugin. */
  readonly tag: string;
  readonly method: string;
  /** As the plugin has written it, with all prefixes. */
  readonly path: string;
  readonly reason: string;
}

export interface Info {
  readonly title: string;
  readonly version: string;
  readonly description?: string | undefined;
}

interface Tag {
  readonly name: string;
  readonly description?: string | undefined;
}

/** By method, in lower case. */
export type PathItem = Readonly<Partial<Record<HttpMethod, Operation>>>;

export const httpMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
export type HttpMethod = (typeof httpMethods)[number];

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly deprecated?: true | undefined;
  readonly parameters?: readonly Parameter[] | undefined;
  readonly requestBody?: RequestBody | undefined;
  readonly responses: Readonly<Record<string, Response | Reference>>;
  readonly security?: readonly SecurityRequirement[] | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean | undefined;
  readonly description?: string | undefined;
  readonly schema?: Schema | undefined;
  /** In place of a schema: a value that is sent as JSON. */
  readonly content?: Content | undefined;
  /** Of a path: it takes several segments, which OpenAPI has no word for. */
  readonly 'x-wildcard'?: true | undefined;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: Content;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly schema: Schema }>> | undefined;
  readonly content?: Content | undefined;
}

/** By media type. */
export type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface Reference {
  readonly $ref: string;
}

type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

interface Components {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly responses: Readonly<Record<string, Response>>;
  readonly securitySchemes?: Readonly<Record<string, object>> | undefined;
}
