import { getMetadataArgsStorage, type MetadataArgsStorage } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';

type Element<Key extends ListName> = MetadataArgsStorage[Key][number];
type ListName =
  | 'controllers'
  | 'middlewares'
  | 'interceptors'
  | 'uses'
  | 'useInterceptors'
  | 'actions'
  | 'params'
  | 'responseHandlers';

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

/** What a class can be decorated as, for all requests. */
export type Role = 'controllers' | 'middlewares' | 'interceptors';

/** All classes of the process that have been decorated so, in the order of evaluation. */
export function registeredClasses(role: Role): Class[] {
  return getMetadataArgsStorage()[role].map(({ target }) => target as Class);
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

const lists: readonly ListName[] = [
  'controllers',
  'middlewares',
  'interceptors',
  'uses',
  'useInterceptors',
  'actions',
  'params',
  'responseHandlers',
];

interface Progress {
  readonly list: WeakRef<object>;
  readonly seen: number;
  readonly last: WeakRef<object> | undefined;
}

// Nothing here may keep a class alive: an unloaded generation's entries leave the storage, and must leave memory.
let index = new WeakMap<object, Entries>();
let progress = new Map<ListName, Progress>();

/** Reads what was added since the last time; starts anew where something was taken away. */
export function refreshIndex(): void {
  const storage = getMetadataArgsStorage();
  if (lists.some((name) => wasPruned(storage[name], progress.get(name)))) {
    index = new WeakMap();
    progress = new Map();
  }
  for (const name of lists) addNewEntries(storage, name);
}

function wasPruned(list: readonly object[], before: Progress | undefined): boolean {
  if (!before) return false;
  return (
    before.list.deref() !== list ||
    before.seen > list.length ||
    before.last?.deref() !== list[before.seen - 1]
  );
}

function addNewEntries(storage: MetadataArgsStorage, name: ListName): void {
  const list: readonly Element<ListName>[] = storage[name];
  const start = progress.get(name)?.seen ?? 0;
  if (start === list.length && progress.has(name)) return;
  for (let position = start; position < list.length; position++) {
    const args = list[position] as Element<ListName>;
    const entry: unknown = name === 'controllers' ? { args, order: position } : args;
    (entriesFor(ownerOf(args))[name] as unknown[]).push(entry);
  }
  const last = list.at(-1);
  progress.set(name, { list: new WeakRef(list), seen: list.length, last: last && new WeakRef(last) });
}

function ownerOf(args: Element<ListName>): object {
  return 'object' in args ? (args.object as object).constructor : args.target;
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
