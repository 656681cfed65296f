import type { ServiceContainer } from '../container/service-container.ts';
import { tokenNotOffered, tokenUnavailable } from '../errors/host-errors.ts';
import type { PluginStatus } from '../plugin/status.ts';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import { wrapperOf, type LiveEntry } from './entry.ts';
import type { HostServices } from './host-services.ts';
import type { Roster } from './roster.ts';

/** Where `host.get` looks. */
export interface TokenSources {
  readonly isRunning: boolean;
  readonly services: HostServices;
  readonly roster: Roster;
  readonly plugins: readonly PluginStatus[];
}

/**
 * What the host or a running plugin offers for `token`, or with `plugin` what that plugin itself gets.
 *
 * @throws PluginError TOKEN_NOT_OFFERED, TOKEN_UNAVAILABLE
 */
export function lookUpToken<T>(token: Token<T>, plugin: string | undefined, sources: TokenSources): T {
  const outermost = plugin === undefined ? decorator(token, sources) : undefined;
  const wrapper = outermost && wrapperOf(outermost, token);
  if (outermost && wrapper) return lookUpToken(wrapper as Class<T>, outermost.row.name, sources);
  const owner = plugin === undefined ? offering(token, sources) : running(plugin, sources);
  if (!owner?.knows(token)) throw tokenNotOffered(token, plugin, reasonFor(token, plugin, sources));
  if (!sources.isRunning) throw tokenNotOffered(token, plugin, notRunning);
  if (owner.isRequestScoped(token))
    throw tokenNotOffered(token, plugin, 'it is made anew for each HTTP request, and there is none here.');
  try {
    return owner.container.get(token);
  } catch (error) {
    throw tokenUnavailable(token, plugin, error);
  }
}

/** The outermost wrapper that runs, which all get who import the token. */
function decorator(token: Token, { roster }: TokenSources): LiveEntry | undefined {
  return roster.lives.toReversed().find((live) => wrapperOf(live, token));
}

function offering(token: Token, { services, roster }: TokenSources): ServiceContainer | undefined {
  if (services.container.has(token)) return services.container;
  return roster.lives.find(({ loaded }) => loaded.options.exports?.includes(token))?.container;
}

function running(plugin: string, { roster }: TokenSources): ServiceContainer | undefined {
  return roster.live(plugin)?.container;
}

const notRunning = 'the host is not running.';

function reasonFor(token: Token, plugin: string | undefined, { plugins, isRunning }: TokenSources): string {
  const name = tokenName(token);
  const named = plugins.find((status) => status.name === plugin);
  if (plugin !== undefined && !named)
    return `there is no plugin "${plugin}" (${plugins.map((status) => status.name).join(', ')}).`;
  if (named) {
    return named.state === 'running'
      ? `"${named.name}" neither binds nor imports it.`
      : `"${named.name}" is ${named.state}.`;
  }
  const owner = plugins.find(({ exports }) => exports.includes(name));
  if (owner && owner.state !== 'running') return `"${owner.name}" has it, but is ${owner.state}.`;
  return isRunning ? 'neither the host nor a running plugin offers it.' : notRunning;
}
