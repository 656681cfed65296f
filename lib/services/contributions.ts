import type { Extension, ExtensionEvent, ExtensionPoint, Extensions } from '../plugin/extension-point.ts';

/** What one generation contributes. */
export type Contributed = ReadonlyMap<ExtensionPoint, readonly unknown[]>;

type Listener = (extension: Extension<unknown>) => unknown;

/** Calls a listener as its owner's; never throws. */
export type ListenerCall = (call: () => unknown) => void;

/** Who contributes what to the extension points of a host. */
export class Contributions {
  readonly #byPlugin = new Map<string, Contributed>();
  readonly #views = new Map<ExtensionPoint, Set<PointView>>();

  constructor(
    /** Names of the plugins in the order in which their contributions are to stand. */
    private readonly order: () => readonly string[],
  ) {}

  /** Puts what a plugin contributes in the place of what it did before, and tells whoever listens. */
  set(plugin: string, contributed: Contributed): void {
    const before = this.#byPlugin.get(plugin);
    if (contributed.size > 0) this.#byPlugin.set(plugin, contributed);
    else this.#byPlugin.delete(plugin);
    this.#tell(plugin, 'removed', before);
    this.#tell(plugin, 'added', contributed);
  }

  remove(plugin: string): void {
    this.set(plugin, new Map());
  }

  /** What somebody gets for a point; the listeners go when the view is closed. */
  view(point: ExtensionPoint, callListener: ListenerCall): ClosableExtensions {
    const views = this.#views.get(point) ?? new Set();
    this.#views.set(point, views);
    const view = new PointView({
      read: () => this.#read(point),
      callListener,
      onClose: () => {
        views.delete(view);
        if (views.size === 0 && this.#views.get(point) === views) this.#views.delete(point);
      },
    });
    views.add(view);
    return view;
  }

  #read(point: ExtensionPoint): readonly Extension<unknown>[] {
    return this.order().flatMap((plugin) =>
      (this.#byPlugin.get(plugin)?.get(point) ?? []).map((value) => ({ plugin, value })),
    );
  }

  #tell(plugin: string, event: ExtensionEvent, contributed: Contributed | undefined): void {
    for (const [point, values] of contributed ?? []) {
      for (const view of this.#views.get(point) ?? []) {
        for (const value of values) view.tell(event, { plugin, value });
      }
    }
  }
}

export interface ClosableExtensions extends Extensions<unknown> {
  close(): void;
}

interface ViewParts {
  readonly read: () => readonly Extension<unknown>[];
  readonly callListener: ListenerCall;
  readonly onClose: () => void;
}

class PointView implements ClosableExtensions {
  readonly #listeners = { added: new Set<Listener>(), removed: new Set<Listener>() };
  #parts: ViewParts | undefined;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#entries.length;
  }

  get values(): readonly unknown[] {
    return this.#entries.map(({ value }) => value);
  }

  [Symbol.iterator](): Iterator<Extension<unknown>> {
    return this.#entries.values();
  }

  on(event: ExtensionEvent, listener: Listener): () => void {
    // One of its own for each call: the same function may listen twice.
    const own: Listener = (extension) => listener(extension);
    if (this.#parts) this.#listeners[event].add(own);
    return () => {
      this.#listeners[event].delete(own);
    };
  }

  tell(event: ExtensionEvent, extension: Extension<unknown>): void {
    for (const listener of new Set(this.#listeners[event])) {
      this.#parts?.callListener(() => listener(extension));
    }
  }

  close(): void {
    this.#parts?.onClose();
    this.#parts = undefined;
    this.#listeners.added.clear();
    this.#listeners.removed.clear();
  }

  get #entries(): readonly Extension<unknown>[] {
    return this.#parts?.read() ?? [];
  }
}
