import type {
  OpenApiDocument,
  Operation,
  Parameter,
  Reference,
  Response,
  Schema,
  UndescribedRoute,
} from './document-types.ts';
import { exampleOf } from './example.ts';

/** The document as the page shows it. */
export interface ReferenceView {
  readonly title: string;
  readonly version: string;
  readonly description: string | undefined;
  /** Where the host is mounted, without a slash at its end. */
  readonly server: string;
  readonly groups: readonly GroupView[];
  readonly schemas: readonly { readonly name: string; readonly text: string }[];
  readonly undescribed: readonly UndescribedRoute[];
}

interface GroupView {
  readonly name: string;
  readonly description: string | undefined;
  readonly operations: readonly OperationView[];
}

interface OperationView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly isDeprecated: boolean;
  readonly isGuarded: boolean;
  /** Browsers do not send TRACE. */
  readonly canBeTried: boolean;
  readonly parameters: readonly ParameterView[];
  readonly body: BodyView | undefined;
  readonly responses: readonly ResponseView[];
}

interface ParameterView extends Pick<Parameter, 'name' | 'in' | 'description'> {
  readonly isRequired: boolean;
  /** It may be sent several times. */
  readonly isList: boolean;
  readonly type: string;
  readonly initial: string;
}

interface BodyView {
  readonly mediaType: string;
  readonly type: string;
  /** What to begin with. */
  readonly text: string;
  /** Of a form with files, in place of a text. */
  readonly fields: readonly FieldView[];
}

interface FieldView {
  readonly name: string;
  readonly isRequired: boolean;
  readonly file: 'one' | 'several' | undefined;
}

interface ResponseView {
  readonly status: string;
  readonly description: string;
  readonly type: string;
}

/** By plugin, in the order of the document. */
export function describeReference(document: OpenApiDocument): ReferenceView {
  const { info, servers, tags, components } = document;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      operation,
      view: describe(operation, { path, method, document }),
    })),
  );
  return {
    title: info.title,
    version: info.version,
    description: info.description,
    server: servers[0]?.url.replace(/\/$/, '') ?? '',
    groups: tags.map(({ name, description }) => ({
      name,
      description,
      operations: operations.filter(({ operation }) => operation.tags.includes(name)).map(({ view }) => view),
    })),
    schemas: Object.entries(components.schemas).map(([name, schema]) => ({
      name,
      text: JSON.stringify(schema, undefined, 2),
    })),
    undescribed: document['x-not-described'] ?? [],
  };
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly document: OpenApiDocument;
}

function describe(operation: Operation, { path, method, document }: Place): OperationView {
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description,
    isDeprecated: operation.deprecated === true,
    isGuarded: '401' in operation.responses,
    canBeTried: method !== 'trace',
    parameters: (operation.parameters ?? []).map(describeParameter),
    body: describeBody(operation, document),
    responses: Object.entries(operation.responses).map(([status, response]) =>
      describeResponse(status, response, document),
    ),
  };
}

function describeParameter(parameter: Parameter): ParameterView {
  const schema = parameter.schema ?? parameter.content?.['application/json']?.schema ?? {};
  const initial = schema['default'];
  return {
    name: parameter.name,
    in: parameter.in,
    description: parameter.description,
    isRequired: parameter.required === true,
    isList: parameter.in === 'query' && schema['type'] === 'array',
    type: typeText(schema),
    initial: ['string', 'number', 'boolean'].includes(typeof initial) ? String(initial) : '',
  };
}

function describeBody({ requestBody }: Operation, document: OpenApiDocument): BodyView | undefined {
  const [first] = Object.entries(requestBody?.content ?? {});
  if (!first) return undefined;
  const [mediaType, { schema }] = first;
  const example = exampleOf(schema, document.components.schemas);
  return {
    mediaType,
    type: typeText(schema),
    text: bodyText(mediaType, example),
    fields: mediaType === 'multipart/form-data' ? fieldsOf(schema, document) : [],
  };
}

function bodyText(mediaType: string, example: unknown): string {
  if (mediaType === 'application/json') return JSON.stringify(example, undefined, 2);
  if (mediaType !== 'application/x-www-form-urlencoded') return '';
  const fields = Object.entries((example ?? {}) as Readonly<Record<string, unknown>>);
  return new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function fieldsOf(schema: Schema, document: OpenApiDocument): BodyView['fields'] {
  const parts = [schema, ...((schema['allOf'] as readonly Schema[] | undefined) ?? [])].map((part) =>
    resolved(part, document),
  );
  return parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties as Readonly<Record<string, Schema>>).map(([name, property]) => ({
      name,
      file: fileIn(property),
      isRequired: (required as readonly string[]).includes(name),
    })),
  );
}

function fileIn(property: Schema): 'one' | 'several' | undefined {
  if (property['format'] === 'binary') return 'one';
  return (property['items'] as Schema | undefined)?.['format'] === 'binary' ? 'several' : undefined;
}

function resolved(schema: Schema, { components }: OpenApiDocument): Schema {
  const name = nameIn(schema);
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

function describeResponse(
  status: string,
  given: Response | Reference,
  { components }: OpenApiDocument,
): ResponseView {
  const response = '$ref' in given ? components.responses[given.$ref.split('/').at(-1) ?? ''] : given;
  const [first] = Object.entries(response?.content ?? {});
  const type = first ? [typeText(first[1].schema), first[0]].filter(Boolean).join(' · ') : '';
  return { status, description: response?.description ?? '', type };
}

/** `Item`, `list of Item`, `integer`; empty where there is nothing to be said. */
function typeText(schema: Schema): string {
  const name = nameIn(schema);
  if (name !== undefined) return name;
  if (schema['type'] === 'array')
    return `list of ${typeText((schema['items'] as Schema | undefined) ?? {}) || 'anything'}`;
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ');
  const { type, format } = schema;
  return [type, format].filter((text) => typeof text === 'string').join(', ');
}

function nameIn({ $ref }: Schema): string | undefined {
  return typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
}
