import { Monitor, Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

// #region plugin
@Plugin({ name: 'alarm' })
@JsonController('/alarms')
export class AlarmPlugin {
  readonly #alarms: string[] = [];

  constructor(monitor: Monitor) {
    monitor.onRequest(({ plugin, route, status, requestId }) => {
      if (status >= 500) this.#note(`${plugin}: ${status} of ${route}, ${requestId}`);
    });
    monitor.onLog(({ level, plugin = 'host', message }) => {
      if (level === 'error') this.#note(`${plugin}: ${message}`);
    });
    monitor.on('plugin:quarantined', ({ plugin }) => this.#note(`${plugin} is out`));
  }

  @Get()
  list() {
    return this.#alarms;
  }

  #note(alarm: string): void {
    this.#alarms.unshift(alarm);
    this.#alarms.length = Math.min(this.#alarms.length, 100);
  }
}
// #endregion
