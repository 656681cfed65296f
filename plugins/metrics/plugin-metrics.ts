import type { Monitor, Plugins } from 'plugboard';
import { Counter, type Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';

/** States, failures, restarts and requests under way, by plugin. */
export class PluginMetrics {
  readonly #failures: Counter<'plugin' | 'code'>;
  readonly #restarts: Counter<'plugin'>;
  /** Of each plugin, the codes of its failures. */
  readonly #codes = new Map<string, Set<string>>();
  readonly #restarted = new Set<string>();

  constructor(registry: Registry, plugins: Plugins, monitor: Monitor) {
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
    addGauge(registry, {
      name: 'plugboard_requests_in_flight',
      help: 'Requests that wait for their answers',
      labelNames: ['plugin'],
      read: () => meantToRun().map(({ name: plugin }) => [{ plugin }, monitor.inFlight(plugin)]),
    });
    this.#restarts = new Counter({
      name: 'plugboard_plugin_restarts_total',
      help: 'New generations of a plugin that came into service after its first: after failures and by reloads',
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
    monitor.on('plugin:running', ({ plugin, generation }) => {
      if (generation === 1) return;
      this.#restarts.inc({ plugin });
      this.#restarted.add(plugin);
    });
    monitor.on('plugin:failure', ({ plugin, error: { code } }) => {
      this.#failures.inc({ plugin, code });
      const codes = this.#codes.get(plugin) ?? new Set();
      this.#codes.set(plugin, codes.add(code));
    });
  }

  /** Ends the series of plugins that are gone. */
  keepOnly(plugins: ReadonlySet<string>): void {
    for (const plugin of this.#restarted) {
      if (plugins.has(plugin)) continue;
      this.#restarts.remove({ plugin });
      this.#restarted.delete(plugin);
    }
    for (const [plugin, codes] of this.#codes) {
      if (plugins.has(plugin)) continue;
      for (const code of codes) this.#failures.remove({ plugin, code });
      this.#codes.delete(plugin);
    }
  }
}
