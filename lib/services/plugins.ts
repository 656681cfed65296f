import type { PluginStatus } from '../plugin/status.ts';

/** All plugins of the host, to read: `constructor(private readonly plugins: Plugins)`. */
export class Plugins implements Iterable<PluginStatus> {
  readonly #read: () => readonly PluginStatus[];

  constructor(read: () => readonly PluginStatus[]) {
    this.#read = read;
  }

  /** As they are now. */
  get statuses(): readonly PluginStatus[] {
    return this.#read();
  }

  find(name: string): PluginStatus | undefined {
    return this.statuses.find((status) => status.name === name);
  }

  [Symbol.iterator](): Iterator<PluginStatus> {
    return this.statuses[Symbol.iterator]();
  }
}
