// Must compile, and each line below @ts-expect-error must not. Never run: `npm run test:types`.
import type { PluginError, PluginState } from 'plugboard';
import type { HostEvents } from '#lib/supervision/host-events.js';

declare const events: HostEvents;
declare const error: PluginError;
declare const state: PluginState;
const at = new Date();

const end: () => void = events.on('plugin:running', ({ plugin, from, generation, at }) =>
  [plugin.length, from === 'starting', generation + 1, at.getTime()].join(' '),
);
events.on('plugin:quarantined', async ({ to }) => {
  const quarantined: 'quarantined' = to;
  await Promise.resolve(quarantined);
});
events.on('plugin:failure', ({ error, phase }) => `${phase}: ${error.code}. ${error.fix}`);
events.on('plugin:leak', ({ plugin, generation }) => plugin + generation);
events.emit('plugin:failure', { plugin: 'p', phase: 'start', error, generation: 1 });
events.emit('plugin:stopped', { plugin: 'p', from: 'draining', to: 'stopped', generation: 1, at });
events.emit(`plugin:${state}`, { plugin: 'p', from: 'draining', to: state, generation: 1, at });

// @ts-expect-error -- no such event
events.on('plugin:exploded', () => end());
// @ts-expect-error -- a leak has no error
events.on('plugin:leak', ({ error }) => error);
// @ts-expect-error -- where it has come to is what the event says
events.emit('plugin:stopped', { plugin: 'p', from: 'draining', to: 'running', generation: 1, at });
// @ts-expect-error -- nothing may be missing
events.emit('plugin:failure', { plugin: 'p', phase: 'start', generation: 1 });
