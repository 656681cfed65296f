import type { Monitor, Plugins } from 'plugboard';
import { Counter, type Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';

/** States, failures, restarts and reloads, by plugin. */
export class PluginMetrics {
  readonly #failures: Counter<'plugin' | 'code'>;
  readonly #restarts: Counter<'plugin'>;
  readonly #reloads: Counter<'plugin'>;
  /** Of each plugin, the codes of its failures. */
  readonly #codes = new Map<string, Set<string>>();
  /** Those that are counted here. */
  readonly #known = new Set<string>();

  constructor(registry: Registry, plugins: Plugins) {
    const registers = [registry];
    const meantToRun = () => [...plugins].filter(({ state }) => state !== 'stopped' && state !== 'disabled');
    addGauge(registry, {
      name: 'plugboard_plugin_state',
      help: '1 for the state that a plugin is in',
      labelNames: ['plugin', 'state'],
      read: () => [...plugins].map(({ name: plugin, state }) => [{ plugin, state }, 1]),
    });
    addGauge(registry, {
      name: 'plugboard_plugin_up',
      help: '1 while a plugin runs, 0 while it should and does not',
      labelNames: ['plugin'],
      read: () => meantToRun().map(({ name: plugin, state }) => [{ plugin }, state === 'running' ? 1 : 0]),
    });
    this.#restarts = new Counter({
      name: 'plugboard_plugin_restarts_total',
      help: 'How often a plugin was started again because it had failed',
      labelNames: ['plugin'],
      registers,
    });
    this.#reloads = new Counter({
      name: 'plugboard_plugin_reloads_total',
      help: 'How often a new generation of a plugin came for any other reason: a reload, or a change of what it needs',
      labelNames: ['plugin'],
      registers,
    });
    this.#failures = new Counter({
      name: 'plugboard_plugin_failures_total',
      help: 'Failures of a plugin beside its answers, by the code of the error',
      labelNames: ['plugin', 'code'],
      registers,
    });
  }

  /** Counts what happens from now on. */
  listen(monitor: Monitor): void {
    monitor.on('plugin:running', ({ plugin, generation, isRestart }) => {
      if (isRestart) this.#restarts.inc({ plugin });
      else if (generation > 1) this.#reloads.inc({ plugin });
      this.#known.add(plugin);
    });
    monitor.on('plugin:failure', ({ plugin, error: { code } }) => {
      this.#failures.inc({ plugin, code });
      this.#known.add(plugin);
      const codes = this.#codes.get(plugin) ?? new Set();
      this.#codes.set(plugin, codes.add(code));
    });
  }

  /** Ends the series of plugins that are gone. */
  keepOnly(plugins: ReadonlySet<string>): void {
    for (const plugin of this.#known) {
      if (plugins.has(plugin)) continue;
      this.#restarts.remove({ plugin });
      this.#reloads.remove({ plugin });
      for (const code of this.#codes.get(plugin) ?? []) this.#failures.remove({ plugin, code });
      this.#codes.delete(plugin);
      this.#known.delete(plugin);
    }
  }
}
