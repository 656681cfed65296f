import { overlay, type Settled } from './overlay.ts';

/** When a plugin that fails is started again, when no more, and how much of it is let through. */
export interface Supervise {
  /** Restarts that are allowed within `periodMs`; with one failure more it is quarantined. 0: at the first failure. Default 3. */
  readonly intensity?: number | undefined;
  /** In ms. Default 60,000. */
  readonly periodMs?: number | undefined;
  readonly backoff?: Backoff | undefined;
  /** What becomes of a plugin that fails more often. Default, and all there is: `quarantine`. */
  readonly onExceeded?: 'quarantine' | undefined;
  /** When requests that fail become a failure of the plugin; `false`: never. */
  readonly errors?: false | ErrorLimit | undefined;
  /** Requests of the plugin that may be under way at once; more are answered with 503 at once. Default `Infinity`. */
  readonly concurrency?: number | undefined;
}

/** The pause before a restart, which grows with the failures within the period. */
export interface Backoff {
  /** After the first failure, in ms. Default 500. */
  readonly initialMs?: number | undefined;
  /** Each further pause is so many times as long. Default 2. */
  readonly factor?: number | undefined;
  /** No pause is longer, in ms. Default 30,000. */
  readonly maxMs?: number | undefined;
}

/** How many requests may end in a 5xx by an exception. */
export interface ErrorLimit {
  /** Of all requests within `windowMs`, above 0 and up to 1. Default 0.5. */
  readonly ratio?: number | undefined;
  /** With fewer requests within `windowMs` the ratio says nothing. Default 50. */
  readonly minimum?: number | undefined;
  /** In ms. Default 10,000. */
  readonly windowMs?: number | undefined;
}

/** What is in force for one plugin. */
export interface EffectiveSupervise extends Settled<Omit<Supervise, 'backoff' | 'errors'>> {
  readonly backoff: Settled<Backoff>;
  readonly errors: false | Settled<ErrorLimit>;
}

const defaults: Settled<Omit<Supervise, 'backoff' | 'errors'>> = {
  intensity: 3,
  periodMs: 60_000,
  onExceeded: 'quarantine',
  concurrency: Number.POSITIVE_INFINITY,
};
const defaultBackoff: Settled<Backoff> = { initialMs: 500, factor: 2, maxMs: 30_000 };
const defaultErrors: Settled<ErrorLimit> = { ratio: 0.5, minimum: 50, windowMs: 10_000 };

/** The host's word over the plugin's over the defaults, key by key, inside `backoff` and `errors` as well. */
export function effectiveSupervise(plugin: Supervise = {}, host: Supervise = {}): EffectiveSupervise {
  return {
    ...overlay(defaults, plugin, host),
    backoff: overlay(defaultBackoff, plugin.backoff, host.backoff),
    errors: effectiveErrors(plugin.errors, host.errors),
  };
}

function effectiveErrors(
  plugin: Supervise['errors'],
  host: Supervise['errors'],
): EffectiveSupervise['errors'] {
  if ((host ?? plugin) === false) return false;
  return overlay(defaultErrors, plugin || undefined, host || undefined);
}
