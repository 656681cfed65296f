import type { PluginOptions, Timeouts } from './options.ts';

/** What the embedder says of one plugin, by its name; it goes over what the plugin says of itself. */
export interface PluginSettings {
  /** Default true. */
  readonly enabled?: boolean | undefined;
  readonly prefix?: string | undefined;
  readonly critical?: boolean | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Values for the plugin's `config` class. */
  readonly config?: unknown;
}

/** What is in force for one plugin. */
export interface EffectiveSettings {
  readonly enabled: boolean;
  /** The host's prefix and the plugin's: `''` or `/a/b`. */
  readonly prefix: string;
  readonly critical: boolean;
  readonly timeouts: { readonly startMs: number; readonly requestMs: number; readonly stopMs: number };
  readonly config: unknown;
}

/** The host's settings over the plugin's options over the defaults. */
export function effectiveSettings(
  options: PluginOptions,
  settings: PluginSettings = {},
  hostPrefix = '',
): EffectiveSettings {
  return {
    enabled: settings.enabled ?? true,
    prefix: joinPaths(hostPrefix, settings.prefix ?? options.prefix ?? ''),
    critical: settings.critical ?? options.critical ?? false,
    timeouts: { ...defaultTimeouts, ...defined(options.timeouts), ...defined(settings.timeouts) },
    config: settings.config,
  };
}

/** In ms; what each is for, {@link Timeouts} says. */
export const defaultTimeouts = { startMs: 10_000, requestMs: 30_000, stopMs: 5_000 };

function defined(timeouts: Timeouts = {}): Partial<typeof defaultTimeouts> {
  return Object.fromEntries(Object.entries(timeouts).filter(([, value]) => value !== undefined));
}

/** `''` and `'api/'` and `'/v1'` → `/api/v1`. */
function joinPaths(...parts: readonly string[]): string {
  const names = parts.flatMap((part) => part.split('/')).filter((name) => name !== '');
  return names.map((name) => `/${name}`).join('');
}
