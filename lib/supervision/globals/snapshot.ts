import { compilerHelpers } from './compiler-helpers.ts';
import { sharedObjects } from './shared-objects.ts';

/** The properties that everything has which the process shares, at one time. */
export type Snapshot = ReadonlyMap<string, Properties>;

type Properties = ReadonlyMap<PropertyKey, PropertyDescriptor>;

export function takeSnapshot(): Snapshot {
  return new Map([...sharedObjects()].map(([name, object]) => [name, propertiesOf(object)]));
}

/** `added Array.prototype.last`, `changed JSON.parse`, `removed globalThis.fetch` */
export function describeChanges(before: Snapshot, after: Snapshot): readonly string[] {
  return [...after].flatMap(([name, now]) => {
    const former = before.get(name) ?? new Map<PropertyKey, PropertyDescriptor>();
    return [
      ...[...now].flatMap(([key, own]) => describeChange(`${name}.${String(key)}`, former.get(key), own)),
      ...[...former.keys()].filter((key) => !now.has(key)).map((key) => `removed ${name}.${String(key)}`),
    ];
  });
}

function propertiesOf(object: object): Properties {
  const properties = new Map<PropertyKey, PropertyDescriptor>();
  for (const key of Reflect.ownKeys(object)) {
    // By a symbol in globalThis the copies of one library find each other: nobody else stumbles over it.
    if (object === globalThis && (typeof key === 'symbol' || compilerHelpers.has(key))) continue;
    const own = Reflect.getOwnPropertyDescriptor(object, key);
    if (own) properties.set(key, own);
  }
  return properties.set('[[Prototype]]', { value: Reflect.getPrototypeOf(object) });
}

function describeChange(
  name: string,
  before: PropertyDescriptor | undefined,
  after: PropertyDescriptor,
): readonly string[] {
  if (!before) return [`added ${name}`];
  const isSame = Object.is(before.value, after.value) && before.get === after.get && before.set === after.set;
  return isSame || isFirstUse(before, after) ? [] : [`changed ${name}`];
}

/** Node loads some globals when they are first asked for: a getter becomes the value that it gave. */
function isFirstUse(before: PropertyDescriptor, after: PropertyDescriptor): boolean {
  return before.get !== undefined && Reflect.apply(before.get, globalThis, []) === after.value;
}
