import type { HostEvent, HostEventMap, HostListener } from '../plugin/events.ts';

/** Told of what a listener has thrown, or rejected with. */
export type ListenerErrorListener = (error: unknown, event: HostEvent) => void;

/** Tells whoever listens what happens to plugins. No listener can disturb another, or who emits. */
export class HostEvents {
  readonly #listeners = new Map<HostEvent, Set<HostListener<never>>>();

  constructor(private readonly onListenerError: ListenerErrorListener) {}

  /** Returns what ends it. From then on the listener hears nothing any more, not even what is being told just now. */
  on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    // One of its own for each call: the same function may listen twice.
    const own: HostListener<Event> = (happened) => listener(happened);
    listeners.add(own);
    return () => {
      listeners.delete(own);
    };
  }

  emit<Event extends HostEvent>(event: Event, happened: HostEventMap[Event]): void {
    const listeners = this.#listeners.get(event);
    if (!listeners) return;
    // Who comes while this is told hears only of what is next.
    for (const listener of [...listeners] as HostListener<Event>[]) {
      if (listeners.has(listener)) void this.#tell(event, listener, happened);
    }
  }

  // Asynchronous for a listener that is: it is called at once all the same, and what it rejects with is caught, too.
  async #tell<Event extends HostEvent>(
    event: Event,
    listener: HostListener<Event>,
    happened: HostEventMap[Event],
  ): Promise<void> {
    try {
      await listener(happened);
    } catch (error) {
      this.onListenerError(error, event);
    }
  }
}
