import { pluginActions } from '../http/plugin-actions.ts';
import type { PluginAction } from '../plugin/actions.ts';
import type { LiveEntry } from './entry.ts';
import type { HostServices } from './host-services.ts';
import type { HostOptions } from './options.ts';

/** What others may know of the actions of what runs. */
export function liveActions(
  { routes, loaded }: LiveEntry,
  options: HostOptions,
  services: HostServices,
): readonly PluginAction[] {
  const interceptors = [...services.interceptors, ...(loaded.options.interceptors ?? [])];
  return pluginActions(routes, {
    options,
    isIntercepted: interceptors.length > 0,
    hasErrorBody: options.errorBody !== undefined,
  });
}
