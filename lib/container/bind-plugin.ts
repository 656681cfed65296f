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
  const { pluginClass, options, usedClasses, offeredByHost, onDisposalError } = request;
  const { name, controllers = [], middlewares = [], interceptors = [] } = options;
  const { decorates = [], contributes = [] } = options;
  const shared = [
    ...decorates.map(([, wrapper]) => wrapper),
    ...contributes.map(([, value]) => value).filter(isClass),
  ];
  const classes = [
    ...controllers,
    ...middlewares.filter(isServingClass),
    ...interceptors,
    ...usedClasses,
    ...shared,
  ];
  const config = options.config && (await createConfig(name, options.config, request.config));
  const container = await PluginContainer.create({
    name,
    pluginClass,
    services: options.services ?? [],
    values: options.config ? [[options.config, config?.instance]] : [],
    classes,
    exports: options.exports ?? [],
    shared,
    imports: options.imports ?? [],
    offeredByHost,
    onDisposalError,
  });
  return { container, config: config?.values };
}
