import { parameterTypeErased } from '../errors/check-errors.ts';
import type { ActionDescription } from '../http/controller-metadata.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locating.ts';

/**
 * Parameters of an action whose type is imported with `import type`. The compiler leaves `Object` for them, as it does for an
 * interface that is meant: only the text tells one from the other.
 */
export async function erasedParameters(
  plugin: string,
  { controller, method, name, metadata }: ActionDescription,
  locator: Locator,
): Promise<readonly Finding[]> {
  const suspects = metadata.params.filter(({ type, targetType }) => {
    const made: unknown = targetType;
    return type in decorators && (made === undefined || made === Object);
  });
  if (suspects.length === 0) return [];
  const located = await locator.classOf(controller);
  return suspects.flatMap(({ index, type }) => {
    const written = located?.written.methods.get(method)?.parameters[index];
    if (!written?.type || !located?.source.typeImports.has(written.type)) return [];
    const parameter = { decorator: decorators[type] ?? type, name: written.name, type: written.type };
    return {
      error: parameterTypeErased(plugin, name, parameter),
      anchor: { kind: 'method', type: controller, method, parameter: index } as const,
    };
  });
}

/** By routing-controllers' name of a kind of parameter: those that are made into the class that is their type. */
const decorators: Readonly<Record<string, string>> = {
  body: '@Body()',
  'body-param': '@BodyParam()',
  cookie: '@CookieParam()',
  cookies: '@CookieParams()',
  header: '@HeaderParam()',
  headers: '@HeaderParams()',
  param: '@Param()',
  params: '@Params()',
  query: '@QueryParam()',
  queries: '@QueryParams()',
};
