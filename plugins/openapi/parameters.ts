import type { ActionParameter, PathTemplate, PluginAction } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { Parameter, Schema } from './document-types.ts';
import { namesIn } from './paths.ts';
import { isOwnClass, listSchema, valueSchema, type Refer } from './value-schema.ts';

/** What an action takes of the path, the query, the headers and the cookies; `path` has the names that the document uses. */
export function operationParameters(
  { parameters }: PluginAction,
  {
    template,
    path,
    refer,
  }: { readonly template: PathTemplate; readonly path: string; readonly refer: Refer },
): readonly Parameter[] {
  const names = namesIn(path);
  const ofPath = pathParameters(template, parameters, refer).map((parameter, index) => ({
    ...parameter,
    name: names[index] ?? parameter.name,
  }));
  const others = parameters.flatMap((parameter) => fromRequest(parameter, refer));
  return distinct([...ofPath, ...others]);
}

/** All that the path names: OpenAPI wants each of them, whether the action looks at it or not. */
function pathParameters(
  template: PathTemplate,
  parameters: readonly ActionParameter[],
  refer: Refer,
): readonly Parameter[] {
  const ofClass = new Map(
    parameters.filter(({ kind }) => kind === 'params').flatMap((all) => properties(all, refer)),
  );
  return template.parameters.map(({ name, pattern, isWildcard }) => {
    const own = parameters.find((one) => one.kind === 'param' && one.name === name);
    const schema = own ? valueSchema(own.type, refer) : ofClass.get(name)?.schema;
    const isText = schema?.['type'] === undefined || schema['type'] === 'string';
    return {
      name,
      in: 'path' as const,
      required: true as const,
      ...(isWildcard && { description: 'One segment or several', 'x-wildcard': true as const }),
      schema: isText
        ? { ...schema, type: 'string', ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }) }
        : schema,
    };
  });
}

function fromRequest(parameter: ActionParameter, refer: Refer): readonly Parameter[] {
  const one = places[parameter.kind];
  if (one) return [single(parameter, one, refer)];
  const several = placesOfAll[parameter.kind];
  if (!several) return [];
  return properties(parameter, refer).map(([name, { schema, isRequired }]) => {
    const { description, ...rest } = schema;
    return {
      name,
      in: several,
      required: isRequired,
      ...(typeof description === 'string' && { description }),
      ...('$ref' in rest ? asJson(rest) : { schema: rest }),
    };
  });
}

type Place = Parameter['in'];

const places: Readonly<Record<string, Place>> = { query: 'query', header: 'header', cookie: 'cookie' };
const placesOfAll: Readonly<Record<string, Place>> = {
  queries: 'query',
  headers: 'header',
  cookies: 'cookie',
};

function single(parameter: ActionParameter, place: Place, refer: Refer): Parameter {
  const { name, type, isList, isRequired, validation } = parameter;
  const one = valueSchema(type, refer, validation);
  const schema = isList ? listSchema(one) : one;
  const described = { name, in: place, required: isRequired };
  return isOwnClass(type) && !isList ? { ...described, ...asJson(schema) } : { ...described, schema };
}

/** An object is one value, written as JSON. */
function asJson(schema: Schema): Pick<Parameter, 'content'> {
  return { content: { 'application/json': { schema } } };
}

interface Property {
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** Those of `@QueryParams() query: Page`; none where the type says nothing. */
function properties(
  { type, validation }: ActionParameter,
  refer: Refer,
): readonly (readonly [string, Property])[] {
  if (!isOwnClass(type)) return [];
  // What is within is checked as the whole is.
  const within: Refer = (other) => refer(other, validation);
  const { properties: schemas = {}, required = [] } = classSchema(type, within, validation) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(schemas).map(([name, schema]) => [
    name,
    { schema, isRequired: required.includes(name) },
  ]);
}

/** One name at one place is one parameter; those that OpenAPI has other words for are none. */
function distinct(parameters: readonly Parameter[]): readonly Parameter[] {
  const known = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    if (parameter.in === 'header' && notParameters.has(name)) continue;
    const key = `${parameter.in} ${name}`;
    if (!known.has(key)) known.set(key, parameter);
  }
  return [...known.values()];
}

const notParameters: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);
