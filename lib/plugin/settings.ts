import type { LogLevel } from './log-level.ts';
import type { PluginOptions, Timeouts } from './options.ts';
import { overlay, type Settled } from './overlay.ts';
import { effectiveSupervise, type EffectiveSupervise, type Supervise } from './supervise.ts';

/** What the embedder says of one plugin, by its name; it goes over what the plugin says of itself. */
export interface PluginSettings {
  /** Default true. What is disabled is not started by `load` and `reload`; `host.release` lets it run. */
  readonly enabled?: boolean | undefined;
  readonly prefix?: string | undefined;
  readonly critical?: boolean | undefined;
  readonly timeouts?: Timeouts | undefined;
  readonly supervise?: Supervise | undefined;
  /** What it may do that others may not: `control` is `HostControl`. Default none. */
  readonly grants?: readonly Grant[] | undefined;
  /** The least that its `Logger` writes. Default: as the host's log has it. `host.setLogLevel` changes it while it runs. */
  readonly logLevel?: LogLevel | undefined;
  /** Values for the plugin's `config` class. */
  readonly config?: unknown;
}

/** What is in force for one plugin. */
export interface EffectiveSettings {
  readonly enabled: boolean;
  /** The host's prefix and the plugin's: `''` or `/a/b`. */
  readonly prefix: string;
  readonly critical: boolean;
  readonly timeouts: Settled<Timeouts>;
  readonly supervise: EffectiveSupervise;
  readonly grants: readonly Grant[];
  readonly logLevel: LogLevel | undefined;
}

/** Something that only the embedder can allow. */
export type Grant = 'control';

/** The host's settings over the plugin's options over the defaults. */
export function effectiveSettings(
  options: PluginOptions,
  settings: PluginSettings = {},
  hostPrefix = '',
  isCritical = false,
): EffectiveSettings {
  return {
    enabled: settings.enabled ?? true,
    prefix: joinPaths(hostPrefix, settings.prefix ?? options.prefix ?? ''),
    critical: settings.critical ?? options.critical ?? isCritical,
    timeouts: overlay(defaultTimeouts, options.timeouts, settings.timeouts),
    supervise: effectiveSupervise(options.supervise, settings.supervise),
    grants: settings.grants ?? [],
    logLevel: settings.logLevel,
  };
}

/** In ms; what each is for, {@link Timeouts} says. */
export const defaultTimeouts: Settled<Timeouts> = {
  startMs: 10_000,
  requestMs: 30_000,
  stopMs: 5_000,
  drainMs: 10_000,
};

/** `''` and `'api/'` and `'/v1'` → `/api/v1`. */
function joinPaths(...parts: readonly string[]): string {
  const names = parts.flatMap((part) => part.split('/')).filter((name) => name !== '');
  return names.map((name) => `/${name}`).join('');
}
