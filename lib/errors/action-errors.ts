import { PluginError, type PluginErrorDetails } from './plugin-error.ts';

function planError(details: Omit<PluginErrorDetails, 'phase'>): PluginError {
  return new PluginError({ ...details, phase: 'plan' });
}

/** A parameter of an action, as its author has written it. */
export interface WrittenParameter {
  /** `@Body()` */
  readonly decorator: string;
  readonly name: string;
  /** The class that is meant. */
  readonly type: string;
  /** What was written: `Order`, `Order[]`, `Order | undefined`. */
  readonly written: string;
}

/** The type of an action's parameter is a class that was imported for its type alone. */
export function parameterTypeErased(
  plugin: string,
  action: string,
  parameter: WrittenParameter,
): PluginError {
  const { decorator, name, type, written } = parameter;
  return planError({
    code: 'PARAMETER_TYPE_ERASED',
    plugin,
    path: [plugin, action, name],
    message: `${action} takes ${decorator} ${name}: ${written}, and ${type} is imported with "import type": nothing is left of it at run time, so what comes is neither made into ${type} nor validated.`,
    fix: `Import it without "type": import { ${type} } from '…'. If nothing is to be checked, say so: ${name}: unknown.`,
  });
}

/** The type of an action's parameter is made of a class, and what the compiler leaves of it is not that class. */
export function parameterTypeLost(plugin: string, action: string, parameter: WrittenParameter): PluginError {
  const { decorator, name, type, written } = parameter;
  const withType = decorator.replace(/\)$/, `{ type: ${type} })`).replace(/(['"`])\{/, '$1, {');
  return planError({
    code: 'PARAMETER_TYPE_LOST',
    plugin,
    path: [plugin, action, name],
    message: `${action} takes ${decorator} ${name}: ${written}, of which the compiler leaves no ${type}: what comes is neither made into ${type} nor validated.`,
    fix: `Name the class: ${withType} ${name}: ${written}.`,
  });
}

/** `@Param` names a parameter that the route does not have. `known` are those that it has. */
export function paramNotInRoute(
  plugin: string,
  { action, route, name, known }: ParamPlace,
  nearest: string | undefined,
): PluginError {
  const hint = nearest === undefined ? '' : `Did you mean @Param('${nearest}')? Otherwise `;
  const has = known.length === 0 ? 'no parameters' : known.map((one) => `:${one}`).join(', ');
  return planError({
    code: 'PARAM_NOT_IN_ROUTE',
    plugin,
    path: [plugin, action, name],
    message: `${action} takes @Param('${name}'), and its route ${route} has ${has}: it is undefined, unless the app mounts the host below a path that has :${name}.`,
    fix: `${hint}${hint ? 'write' : 'Write'} :${name} into the route.`,
  });
}

export interface ParamPlace {
  readonly action: string;
  /** `GET /users/:id` */
  readonly route: string;
  /** What `@Param` asks for. */
  readonly name: string;
  readonly known: readonly string[];
}

/** A class that values of the client are made into, and that says nothing of what they must be. */
export function unvalidatedClass(plugin: string, action: string, type: string): PluginError {
  return planError({
    code: 'UNVALIDATED_CLASS',
    plugin,
    path: [plugin, action, type],
    message: `${action} takes what the client sends as ${type}, and no property of ${type} has a decorator of class-validator: whatever comes is let through.`,
    fix: `Say what each property must be: class ${type} { @IsString() name!: string }. If anything may come, take unknown, or write { validate: false }.`,
  });
}

/** `@ValidateNested` on a property of which nobody knows the class. */
export function nestedTypeMissing(plugin: string, type: string, property: string): PluginError {
  return planError({
    code: 'NESTED_TYPE_MISSING',
    plugin,
    path: [plugin, type, property],
    message: `${type}.${property} has @ValidateNested() and no @Type(): what comes stays a plain object, which no decorator checks, so anything is let through.`,
    fix: `Name its class: @ValidateNested() @Type(() => TheClass) ${property}; import { Type } from 'class-transformer'.`,
  });
}

/** `@Authorized` or `@CurrentUser` in an app that has nobody to ask. */
export function checkerMissing(
  plugin: string,
  action: string,
  { decorator, option }: { readonly decorator: string; readonly option: string },
): PluginError {
  return planError({
    code: 'CHECKER_MISSING',
    plugin,
    path: [plugin, action, decorator],
    message: `${action} has ${decorator}, and the app has no ${option}: each request is answered with 500.`,
    fix: `Write createHost({ ${option}: (action) => … }).`,
  });
}

/** A class that can't act on requests or results, where one that does is asked for. */
export function notServing(
  plugin: string,
  type: string,
  listed: string,
  method: 'use' | 'intercept',
): PluginError {
  const [kind, line] =
    method === 'use'
      ? ['middleware', 'use(request: Request, response: Response, next: NextFunction) { next(); }']
      : ['interceptor', 'intercept(action: Action, result: unknown) { return result; }'];
  return planError({
    code: 'NOT_SERVING',
    plugin,
    path: [plugin, type],
    message: `${type} stands in ${listed} and has no method ${method}(): it is no ${kind}, and each request fails.`,
    fix: `Write ${line} in ${type}; a method, not a property with a function.`,
  });
}
