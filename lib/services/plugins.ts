import type { PluginAction } from '../plugin/actions.ts';
import type { PluginDetails } from '../plugin/details.ts';
import type { PluginStatus } from '../plugin/status.ts';

/** All plugins of the host, to read: `constructor(private readonly plugins: Plugins)`. */
export class Plugins implements Iterable<PluginStatus> {
  readonly #read: () => readonly PluginStatus[];
  readonly #readActions: (name: string) => readonly PluginAction[];
  readonly #describe: (name: string) => PluginDetails | undefined;

  constructor(
    read: () => readonly PluginStatus[],
    readActions: (name: string) => readonly PluginAction[] = () => [],
    describe: (name: string) => PluginDetails | undefined = () => undefined,
  ) {
    this.#read = read;
    this.#readActions = readActions;
    this.#describe = describe;
  }

  /** As they are now. */
  get statuses(): readonly PluginStatus[] {
    return this.#read();
  }

  find(name: string): PluginStatus | undefined {
    return this.statuses.find((status) => status.name === name);
  }

  /**
   * The actions of a running plugin, with the metadata of their classes, methods and parameters; none of one that does not
   * run. They belong to its generation: read them when you need them, and keep none.
   */
  actionsOf(name: string): readonly PluginAction[] {
    return this.#readActions(name);
  }

  /** What there is to read of a plugin besides its status, as it is now. Made when it is asked for: not for each request. */
  describe(name: string): PluginDetails | undefined {
    return this.#describe(name);
  }

  [Symbol.iterator](): Iterator<PluginStatus> {
    return this.statuses[Symbol.iterator]();
  }
}
