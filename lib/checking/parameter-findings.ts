import { paramNotInRoute, parameterTypeErased, parameterTypeLost } from '../errors/action-errors.ts';
import type { ActionDescription } from '../http/controller-metadata.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locating.ts';

type Route = PluginDescription['routes'][number];

/** What is wrong with the parameters of an action. */
export async function parameterFindings(
  plugin: string,
  { pattern, verb, description }: Route,
  locator: Locator,
): Promise<readonly Finding[]> {
  if (!description) return [];
  const route = { name: `${verb} ${pattern.path}`, keys: pattern.keys.map(({ name }) => name) };
  return [...absentParams(plugin, description, route), ...(await lostTypes(plugin, description, locator))];
}

function absentParams(
  plugin: string,
  { name: action, metadata, controller, method, route: written }: ActionDescription,
  route: { readonly name: string; readonly keys: readonly string[] },
): Finding[] {
  // A RegExp's groups are numbered, and may have names as well.
  if (written instanceof RegExp) return [];
  return metadata.params.flatMap(({ type, name, index }) => {
    if (type !== 'param' || !name || route.keys.includes(name)) return [];
    const place = { action, route: route.name, name, known: route.keys };
    return {
      error: paramNotInRoute(plugin, place, nearestName(name, route.keys) ?? onlyOne(route.keys)),
      anchor: { kind: 'method', type: controller, method, parameter: index } as const,
    };
  });
}

function onlyOne([first, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? first : undefined;
}

/**
 * Parameters whose class is not there at run time: it is imported with `import type`, or is only a part of the type. The compiler
 * leaves `Object` or `Array` for them, as it does for an interface that is meant: only the text tells one from the other.
 */
async function lostTypes(
  plugin: string,
  { controller, method, name: action, metadata }: ActionDescription,
  locator: Locator,
): Promise<readonly Finding[]> {
  const suspects = metadata.params.filter(({ type, targetType, validate }) => {
    const made: unknown = targetType;
    return type in decorators && validate !== false && [undefined, Object, Array].includes(made as undefined);
  });
  if (suspects.length === 0) return [];
  const located = await locator.classOf(controller);
  const found = suspects.map(async ({ index, type, name: asked }): Promise<Finding[]> => {
    const written = located?.written.methods.get(method)?.parameters[index];
    const isClass = written?.type && (await locator.isClass(written.type.name, located?.file));
    if (!written?.type || !isClass) return [];
    const { name, text, isPlain } = written.type;
    const given = asked ? `'${asked}'` : '';
    const parameter = {
      decorator: `${decorators[type] ?? type}(${given})`,
      name: written.name,
      type: name,
      written: text,
    };
    const tell = isErased(name, located) ? parameterTypeErased : isPlain ? undefined : parameterTypeLost;
    if (!tell) return [];
    const anchor = { kind: 'method', type: controller, method, parameter: index } as const;
    return [{ error: tell(plugin, action, parameter), anchor }];
  });
  return (await Promise.all(found)).flat();
}

function isErased(name: string, located: Awaited<ReturnType<Locator['classOf']>>): boolean {
  return located?.source.imports.byName.get(name)?.isType === true;
}

/** By routing-controllers' name of a kind of parameter: those that are made into the class that is their type. */
const decorators: Readonly<Record<string, string>> = {
  body: '@Body',
  'body-param': '@BodyParam',
  cookie: '@CookieParam',
  cookies: '@CookieParams',
  header: '@HeaderParam',
  headers: '@HeaderParams',
  param: '@Param',
  params: '@Params',
  query: '@QueryParam',
  queries: '@QueryParams',
};
