import type { PluginDetails } from '../plugin/details.ts';
import type { PluginStatus } from '../plugin/status.ts';

/** All plugins of the host, to read: `constructor(private readonly plugins: Plugins)`. */
export class Plugins implements Iterable<PluginStatus> {
  readonly #read: () => readonly PluginStatus[];
  readonly #describe: (name: string) => PluginDetails | undefined;

  constructor(
    read: () => readonly PluginStatus[],
    describe: (name: string) => PluginDetails | undefined = () => undefined,
  ) {
    this.#read = read;
    this.#describe = describe;
  }

  /** As they are now. */
  get statuses(): readonly PluginStatus[] {
    return this.#read();
  }

  find(name: string): PluginStatus | undefined {
    return this.statuses.find((status) => status.name === name);
  }

  /** What there is to read of a plugin besides its status, as it is now. Made when it is asked for: not for each request. */
  describe(name: string): PluginDetails | undefined {
    return this.#describe(name);
  }

  [Symbol.iterator](): Iterator<PluginStatus> {
    return this.statuses[Symbol.iterator]();
  }
}
