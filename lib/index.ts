export { PluginError, type PluginErrorDetails } from './errors/plugin-error.ts';
export { Plugin } from './plugin/decorator.ts';
export type { PluginOptions } from './plugin/options.ts';
export { token, type Class, type Token } from './plugin/tokens.ts';
