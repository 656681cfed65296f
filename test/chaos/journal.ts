import { EventEmitter, once } from 'node:events';
import { pluginStates, type Host, type HostEvent } from 'plugboard';

/** What a host has told of one plugin. */
interface Entry {
  readonly plugin: string;
  readonly generation: number;
  /** The state that it has come into, or the code of its failure. */
  readonly what: string;
}

const isState = (what: string): boolean => (pluginStates as readonly string[]).includes(what);

/** Keeps what a host tells of its plugins, until it is asked for. */
export class Journal {
  readonly #arrivals = new EventEmitter();
  #entries: Entry[] = [];

  constructor(host: Host) {
    for (const state of pluginStates) {
      host.on(`plugin:${state}` as Exclude<HostEvent, 'plugin:failure' | 'plugin:leak'>, (happened) =>
        this.#note({ ...happened, what: state }),
      );
    }
    host.on('plugin:failure', ({ plugin, generation, error: { code } }) =>
      this.#note({ plugin, generation, what: code }),
    );
  }

  /** Forgets what was before. */
  open(): void {
    this.#entries = [];
  }

  /** The first failure that was told of a plugin. */
  failureOf(plugin: string): { readonly failure?: string } {
    const found = this.#entries.find((entry) => entry.plugin === plugin && !isState(entry.what));
    return found ? { failure: found.what } : {};
  }

  /** Resolves when this has been told of a plugin, of this generation or a later one. */
  async until(plugin: string, what: string, generation = 0): Promise<void> {
    const isTold = (entry: Entry): boolean =>
      entry.plugin === plugin && entry.what === what && entry.generation >= generation;
    while (!this.#entries.some(isTold)) await once(this.#arrivals, 'entry');
  }

  #note({ plugin, generation, what }: Entry): void {
    this.#entries.push({ plugin, generation, what });
    this.#arrivals.emit('entry');
  }
}
