import type { Token } from '../plugin/tokens.ts';
import { HttpRequest } from './http-request.ts';
import { Logger } from './logger.ts';
import { PluginInfo } from './plugin-info.ts';
import { Plugins } from './plugins.ts';

/** The tokens that Plugboard itself answers, each with the plugin's own view. */
export const builtInTokens: ReadonlySet<Token> = new Set<Token>([Logger, PluginInfo, Plugins, HttpRequest]);
