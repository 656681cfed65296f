// Must compile, and each line below @ts-expect-error must not. Never run: `npm run test:types`.
import type { PluginOptions, PluginSettings, Supervise } from 'plugboard';

const all: Supervise = {
  intensity: 0,
  periodMs: 60_000,
  backoff: { initialMs: 500, factor: 2, maxMs: undefined },
  onExceeded: 'quarantine',
  errors: { ratio: 0.5, minimum: 50, windowMs: 10_000 },
  concurrency: Number.POSITIVE_INFINITY,
};
const plugin: PluginOptions = { name: 'p', supervise: all };
const settings: PluginSettings = { supervise: { errors: false } };

// @ts-expect-error -- there is nothing else yet
const onExceeded: Supervise = { onExceeded: 'exit' };
// @ts-expect-error -- errors are counted unless false says no
const errors: Supervise = { errors: true };
// @ts-expect-error -- no such option
const misspelled: Supervise = { backoff: { initalMs: 1 } };

export { errors, misspelled, onExceeded, plugin, settings };
