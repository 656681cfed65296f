import { injectable } from 'inversify';
import { Plugins } from 'plugboard';
import { figureTexts, type FigureTexts } from '../pages/overview.ts';
import { Watch } from '../watching/watch.ts';

/** By the name of the plugin. */
export type AllFigures = Readonly<Record<string, FigureTexts>>;

/** Gives the figures of all plugins once a second, to all who want them; while nobody does, it rests. */
@injectable()
export class Ticker {
  readonly #listeners = new Set<(figures: AllFigures) => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly plugins: Plugins,
    private readonly watch: Watch,
  ) {}

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Gives what ends it. */
  listen(listener: (figures: AllFigures) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), everyMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.onStop();
    };
  }

  onStop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const figures = Object.fromEntries(
      this.plugins.statuses.map((status) => [
        status.name,
        figureTexts(status, this.watch.figures(status.name)),
      ]),
    );
    for (const listener of this.#listeners) listener(figures);
  }
}

const everyMs = 1_000;
