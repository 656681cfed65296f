import { listenerFailed } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { ExtensionPoint } from '../plugin/extension-point.ts';
import { isClass } from '../plugin/is-class.ts';
import { tokenName } from '../plugin/tokens.ts';
import { Contributions, type ClosableExtensions, type Contributed } from '../services/contributions.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import type { Generation } from '../supervision/generation.ts';
import type { LiveEntry } from './entry.ts';
import type { Roster } from './roster.ts';

/** Told of listeners that fail. */
export interface ListenerFailures {
  /** Of a plugin. */
  ofPlugin(generation: Generation, error: PluginError): void;
  /** Of the app. */
  ofApp(error: unknown, point: ExtensionPoint): void;
}

/** What generations contribute to each other, and the views that they have of it. */
export class ExtensionBoard {
  readonly #contributions: Contributions;
  readonly #views = new WeakMap<Generation, ClosableExtensions[]>();

  readonly #hostViews = new Map<ExtensionPoint, ClosableExtensions>();

  constructor(
    roster: Roster,
    private readonly failures: ListenerFailures,
  ) {
    this.#contributions = new Contributions(() => roster.members.map(({ name }) => name));
  }

  viewFor(generation: Generation, point: ExtensionPoint): ClosableExtensions {
    const view = this.#contributions.view(point, (call) => void this.#callForPlugin(generation, point, call));
    this.#views.set(generation, [...(this.#views.get(generation) ?? []), view]);
    return view;
  }

  /** What the app sees of a point. */
  hostView(point: ExtensionPoint): ClosableExtensions {
    const known =
      this.#hostViews.get(point) ??
      this.#contributions.view(point, (call) => void this.#callForApp(point, call));
    this.#hostViews.set(point, known);
    return known;
  }

  /** Puts what a generation contributes in the place of what its plugin did before. */
  put(live: LiveEntry): void {
    this.#contributions.set(live.row.name, contributedBy(live));
  }

  takeAway(plugin: string): void {
    this.#contributions.remove(plugin);
  }

  /** A generation has ended: it hears of nothing any more. */
  close(generation: Generation): void {
    for (const view of this.#views.get(generation) ?? []) view.close();
    this.#views.delete(generation);
  }

  // Both call at once; asynchronous is only what they make of what comes out.
  async #callForPlugin(generation: Generation, point: ExtensionPoint, call: () => unknown): Promise<void> {
    const { plugin, scope } = generation;
    const onThrow = (thrown: unknown): PluginError => listenerFailed(plugin, tokenName(point), thrown);
    try {
      await insideBoundary({ plugin, phase: 'run', scope, onThrow }, call);
    } catch (error) {
      this.failures.ofPlugin(generation, error as PluginError);
    }
  }

  async #callForApp(point: ExtensionPoint, call: () => unknown): Promise<void> {
    try {
      await call();
    } catch (error) {
      this.failures.ofApp(error, point);
    }
  }
}

function contributedBy({ loaded, container }: LiveEntry): Contributed {
  const contributed = new Map<ExtensionPoint, unknown[]>();
  for (const [point, value] of loaded.options.contributes ?? []) {
    const values = contributed.get(point) ?? [];
    contributed.set(point, values);
    values.push(isClass(value) ? container.singleton(value) : value);
  }
  return contributed;
}
