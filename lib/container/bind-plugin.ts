import type { PluginOptions } from '../plugin/options.ts';
import { isClass } from '../plugin/is-class.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import type { ConfigValue } from '../plugin/status.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { createConfig } from '../services/config.ts';
import type { ConfigSources } from '../services/config-layer.ts';
import type { DisposalErrorListener } from './disposal.ts';
import { PluginContainer } from './plugin-container.ts';

export interface BindingRequest {
  readonly pluginClass: Class;
  readonly options: PluginOptions;
  /** Classes that `@UseBefore`, `@UseAfter` and `@UseInterceptor` of its controllers name. */
  readonly usedClasses: readonly Class[];
  /** Where the values of its `config` class come from. */
  readonly config: ConfigSources;
  readonly offeredByHost: (token: Token) => boolean;
  readonly onDisposalError: DisposalErrorListener;
}

export interface BoundPlugin {
  readonly container: PluginContainer;
  /** What its config class was filled with, if it has one. */
  readonly config: readonly ConfigValue[] | undefined;
}

/**
 * One plugin's container, filled with all that the plugin owns; none of it constructed but its configuration.
 *
 * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR, INVALID_CONFIG
 */
export async function bindPlugin(request: BindingRequest): Promise<BoundPlugin> {
  const { name, config: type } = request.options;
  const config = type && (await createConfig(name, type, request.config));
  const container = await bindAround(type ? [[type, config?.instance]] : [], request);
  return { container, config: config?.values };
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
