import type { ExtensionPoint } from '../plugin/extension-point.ts';
import { isClass } from '../plugin/is-class.ts';
import { Contributions, type ClosableExtensions, type Contributed } from '../services/contributions.ts';
import type { BoundEntry, LiveEntry } from './entry.ts';
import type { HostLog } from './host-log.ts';
import type { Roster } from './roster.ts';

/** What generations contribute to each other, and the views that they have of it. */
export class ExtensionBoard {
  readonly #contributions: Contributions;
  /** By container: each generation has its own. */
  readonly #views = new WeakMap<object, ClosableExtensions[]>();

  readonly #hostViews = new Map<ExtensionPoint, ClosableExtensions>();

  constructor(roster: Roster, log: HostLog) {
    const order = (): readonly string[] => roster.members.map(({ name }) => name);
    this.#contributions = new Contributions(order, log.extensionListenerFailed);
  }

  viewFor({ row, container }: BoundEntry, point: ExtensionPoint): ClosableExtensions {
    const view = this.#contributions.view(point, row.name);
    this.#views.set(container, [...(this.#views.get(container) ?? []), view]);
    return view;
  }

  /** What the app sees of a point. */
  hostView(point: ExtensionPoint): ClosableExtensions {
    const known = this.#hostViews.get(point) ?? this.#contributions.view(point, 'the host');
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
  close({ container }: BoundEntry): void {
    for (const view of this.#views.get(container) ?? []) view.close();
    this.#views.delete(container);
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
