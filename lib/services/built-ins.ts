import { isExtensionPoint } from '../plugin/extension-point.ts';
import type { Token } from '../plugin/tokens.ts';
import { HostControl } from './host-control.ts';
import { HttpRequest } from './http-request.ts';
import { Logger } from './logger.ts';
import { Monitor } from './monitor.ts';
import { PluginInfo } from './plugin-info.ts';
import { Plugins } from './plugins.ts';

/** The tokens that Plugboard itself answers, each with the plugin's own view. */
export const builtInTokens: ReadonlySet<Token> = new Set<Token>([
  Logger,
  PluginInfo,
  Plugins,
  Monitor,
  HttpRequest,
  HostControl,
]);

/** Whether Plugboard itself answers, with what it gives to the one who asks. */
export function isBuiltIn(token: Token): boolean {
  return builtInTokens.has(token) || isExtensionPoint(token);
}
