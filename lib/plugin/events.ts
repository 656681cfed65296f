import type { Phase, PluginError } from '../errors/plugin-error.ts';
import type { PluginState } from './state.ts';

/** A plugin has come into another state, or a new generation of it into the same. */
export interface PluginTransition<To extends PluginState = PluginState> {
  readonly plugin: string;
  readonly from: PluginState;
  readonly to: To;
  /** The one that is in this state from now on. */
  readonly generation: number;
  readonly at: Date;
  /** Of `plugin:running`: it was started again because it had failed, and not by a reload or by a change of another plugin. */
  readonly isRestart?: true | undefined;
}

/** Something of a plugin has failed, whatever follows from it. */
export interface PluginFault {
  readonly plugin: string;
  readonly phase: Phase;
  /** To be used at once: whoever keeps it keeps all of the generation in memory. */
  readonly error: PluginError;
  readonly generation: number;
}

/** A generation that is over is still in memory. */
export interface PluginLeak {
  readonly plugin: string;
  readonly generation: number;
}

/** What a host tells of its plugins: `plugin:running` and one more for each state, failures, leaks. */
export type HostEventMap = {
  readonly [State in PluginState as `plugin:${State}`]: PluginTransition<State>;
} & {
  readonly 'plugin:failure': PluginFault;
  readonly 'plugin:leak': PluginLeak;
};

export type HostEvent = keyof HostEventMap;

/** May be asynchronous; nobody waits for it. */
export type HostListener<Event extends HostEvent> = (happened: HostEventMap[Event]) => unknown;
