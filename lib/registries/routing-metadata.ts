import { listNames, ownerOf, storedIn, type Element, type ListName } from './routing-storage.ts';

export type ActionArgs = Element<'actions'>;
export type ControllerArgs = Element<'controllers'>;
export type ParamArgs = Element<'params'>;

/** All that routing-controllers' decorators have left for one class, in the order of evaluation. */
export interface Entries {
  readonly controllers: { readonly args: ControllerArgs; readonly order: number }[];
  readonly middlewares: Element<'middlewares'>[];
  readonly interceptors: Element<'interceptors'>[];
  readonly uses: Element<'uses'>[];
  readonly useInterceptors: Element<'useInterceptors'>[];
  readonly actions: ActionArgs[];
  readonly params: ParamArgs[];
  readonly responseHandlers: Element<'responseHandlers'>[];
}

/** What the decorators have left for a class itself, not for those that it extends; as of the last `refreshIndex`. */
export function entriesOf(target: unknown): Entries | undefined {
  return index.get(target as object);
}

/** Between which classes a method's decorators are looked for: the controller, and the ancestor that has the action. */
export interface DecoratedMethod {
  readonly from: unknown;
  readonly to: unknown;
  readonly method: string;
}

type MethodList = 'params' | 'uses' | 'useInterceptors' | 'responseHandlers';

/** The decorators of one kind of the nearest class that has some for this method: an override's own ones win. */
export function nearestEntries<Key extends MethodList>(place: DecoratedMethod, kind: Key): Entries[Key] {
  for (let target = place.from; typeof target === 'function'; target = Object.getPrototypeOf(target)) {
    const all = (entriesOf(target)?.[kind] ?? []) as readonly { readonly method?: string }[];
    const own = all.filter(({ method }) => method === place.method);
    if (own.length > 0) return own as Entries[Key];
    if (target === place.to) break;
  }
  return [];
}

interface Progress {
  readonly list: WeakRef<object>;
  readonly seen: number;
  readonly last: WeakRef<object> | undefined;
}

// Nothing here may keep a class alive: an unloaded generation's entries leave the storage, and must leave memory.
let index = new WeakMap<object, Entries>();
let progress = new Map<ListName, Progress>();
// Not the place in the list: places are given anew when a generation is forgotten.
let evaluated = 0;

/** Reads what was added since the last time; starts anew where somebody else took something away. */
export function refreshIndex(): void {
  if (listNames.some((name) => wasPruned(storedIn(name), progress.get(name)))) {
    index = new WeakMap();
    progress = new Map();
  }
  for (const name of listNames) addNewEntries(name);
}

/** Takes away all that the decorators have left for these classes; what is known of all others stays known. */
export function forgetRouting(owned: ReadonlySet<object>): void {
  refreshIndex();
  for (const name of listNames) {
    if (![...owned].some((target) => (index.get(target)?.[name].length ?? 0) > 0)) continue;
    const list: Element<ListName>[] = storedIn(name);
    keepOnly(list, (args) => !owned.has(ownerOf(args)));
    noteProgress(name, list);
  }
  for (const target of owned) index.delete(target);
}

// In place: the list itself may be held by others.
function keepOnly<T>(list: T[], isKept: (item: T) => boolean): void {
  let length = 0;
  for (const item of list) if (isKept(item)) list[length++] = item;
  list.length = length;
}

function wasPruned(list: readonly object[], before: Progress | undefined): boolean {
  if (!before) return false;
  return (
    before.list.deref() !== list ||
    before.seen > list.length ||
    before.last?.deref() !== list[before.seen - 1]
  );
}

function addNewEntries(name: ListName): void {
  const list: readonly Element<ListName>[] = storedIn(name);
  const start = progress.get(name)?.seen ?? 0;
  if (start === list.length && progress.has(name)) return;
  for (let position = start; position < list.length; position++) {
    const args = list[position] as Element<ListName>;
    const entry: unknown = name === 'controllers' ? { args, order: evaluated++ } : args;
    (entriesFor(ownerOf(args))[name] as unknown[]).push(entry);
  }
  noteProgress(name, list);
}

function noteProgress(name: ListName, list: readonly object[]): void {
  const last = list.at(-1);
  progress.set(name, { list: new WeakRef(list), seen: list.length, last: last && new WeakRef(last) });
}

function entriesFor(target: object): Entries {
  let entries = index.get(target);
  if (!entries) {
    entries = {
      controllers: [],
      middlewares: [],
      interceptors: [],
      uses: [],
      useInterceptors: [],
      actions: [],
      params: [],
      responseHandlers: [],
    };
    index.set(target, entries);
  }
  return entries;
}
