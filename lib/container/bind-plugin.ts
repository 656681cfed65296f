import type { PluginOptions } from '../plugin/options.ts';
import { isClass } from '../plugin/is-class.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { createConfig } from '../services/config.ts';
import type { DisposalErrorListener } from './disposal.ts';
import { PluginContainer } from './plugin-container.ts';

export interface BindingRequest {
  readonly pluginClass: Class;
  readonly options: PluginOptions;
  /** Classes that `@UseBefore`, `@UseAfter` and `@UseInterceptor` of its controllers name. */
  readonly usedClasses: readonly Class[];
  /** Raw values for its `config` class. */
  readonly config: unknown;
  readonly offeredByHost: (token: Token) => boolean;
  readonly onDisposalError: DisposalErrorListener;
}

/**
 * One plugin's container, filled with all that the plugin owns; none of it constructed but its configuration.
 *
 * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR, INVALID_CONFIG
 */
export async function bindPlugin(request: BindingRequest): Promise<PluginContainer> {
  const { name, config: type } = request.options;
  const config = type && (await createConfig(name, type, request.config));
  return bindAround(type ? [[type, config]] : [], request);
}

/**
 * The same around values that are there: a token of `values` gets what is given.
 *
 * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR
 */
export async function bindAround(
  values: readonly (readonly [Token, unknown])[],
  { pluginClass, options, usedClasses, offeredByHost, onDisposalError }: Omit<BindingRequest, 'config'>,
): Promise<PluginContainer> {
  return PluginContainer.create({
    name: options.name,
    pluginClass,
    services: options.services ?? [],
    values,
    classes: [...servingClasses(options), ...usedClasses, ...sharedClasses(options)],
    exports: options.exports ?? [],
    shared: sharedClasses(options),
    imports: options.imports ?? [],
    offeredByHost,
    onDisposalError,
  });
}

/** Controllers, middlewares and interceptors. */
export function servingClasses({
  controllers = [],
  middlewares = [],
  interceptors = [],
}: PluginOptions): readonly Class[] {
  return [...controllers, ...middlewares.filter(isServingClass), ...interceptors];
}

/** Those whose instances others get without importing them: wrappers, and what is contributed. */
export function sharedClasses({ decorates = [], contributes = [] }: PluginOptions): readonly Class[] {
  return [
    ...decorates.map(([, wrapper]) => wrapper),
    ...contributes.map(([, value]) => value).filter(isClass),
  ];
}
