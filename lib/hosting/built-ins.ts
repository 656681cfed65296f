import type { Supply } from '../container/plugin-container.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Token } from '../plugin/tokens.ts';
import { HttpRequest } from '../services/http-request.ts';
import { Logger } from '../services/logger.ts';
import { PluginInfo } from '../services/plugin-info.ts';
import { Plugins } from '../services/plugins.ts';
import type { Entry } from './entry.ts';
import type { HostLog } from './host-log.ts';

export interface BuiltInSources {
  readonly log: HostLog;
  readonly describeRequest: (request: object) => HttpRequest;
  statuses(): readonly PluginStatus[];
}

/** The built-in services, as this plugin sees them. */
export function builtInsFor(
  { loaded, settings }: Entry,
  sources: BuiltInSources,
): ReadonlyMap<Token, Supply> {
  const { name, version, description } = loaded.identity;
  return new Map<Token, Supply>([
    [Logger, value(sources.log.loggerFor(name))],
    [PluginInfo, value(new PluginInfo(name, version, description, settings.prefix))],
    [Plugins, value(new Plugins(() => sources.statuses()))],
    [HttpRequest, { kind: 'request', make: sources.describeRequest }],
  ]);
}

function value(service: object): Supply {
  return { kind: 'value', value: service };
}
