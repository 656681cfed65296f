/** A generation of a plugin that has ended. */
export interface EndedGeneration {
  readonly plugin: string;
  readonly generation: number;
}

/** A generation that something holds on to. */
export interface Leak extends EndedGeneration {
  /** What of it is held, as it was called: `plugin class`. */
  readonly held: readonly string[];
}

interface Watched extends EndedGeneration {
  readonly parts: ReadonlyMap<string, WeakRef<object>>;
  survived: number;
}

/**
 * Looks whether what has ended is really collected. It waits for the collector, and never calls it: how often it has
 * passed is told by an object that nobody holds, which goes with each full collection (and with no lesser one, which
 * leaves what is old alone).
 */
export class CollectionWatch {
  readonly #registry = new FinalizationRegistry<undefined>(() => {
    this.#collected();
  });
  #watched: Watched[] = [];
  #isWaiting = false;

  constructor(private readonly onLeak: (leak: Leak) => void) {}

  /** To be told when the host itself has let go of a generation; each of its parts must become garbage. */
  watch({ plugin, generation }: EndedGeneration, parts: Readonly<Record<string, object>>): void {
    const refs = Object.entries(parts).map(([name, part]) => [name, new WeakRef(part)] as const);
    this.#watched.push({ plugin, generation, parts: new Map(refs), survived: 0 });
    this.#wait();
  }

  /** What has ended and is still there: not collected yet, or leaking. */
  uncollected(): readonly EndedGeneration[] {
    this.#watched = this.#watched.filter((watched) => heldOf(watched).length > 0);
    return this.#watched.map(({ plugin, generation }) => ({ plugin, generation }));
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#registry.register({}, undefined);
  }

  #collected(): void {
    this.#isWaiting = false;
    this.uncollected();
    for (const watched of this.#watched) {
      watched.survived += 1;
      if (watched.survived !== patience) continue;
      const { plugin, generation } = watched;
      this.onLeak({ plugin, generation, held: heldOf(watched) });
    }
    if (this.#watched.some(({ survived }) => survived < patience)) this.#wait();
  }
}

/** In collections. What becomes garbage while one is under way is left to the next, and V8 lets go of code late. */
const patience = 4;

function heldOf({ parts }: Watched): string[] {
  return [...parts].filter(([, ref]) => ref.deref() !== undefined).map(([name]) => name);
}
