import 'reflect-metadata';

/** The types that the compiler left for a method's parameters; undefined where it left none at all. */
export function designTypes(prototype: object, method: string): readonly unknown[] | undefined {
  return Reflect.getMetadata('design:paramtypes', prototype, method) as unknown[] | undefined;
}

/** A parameter's type as routing-controllers can take it: oxc leaves an imported enum as the object that it is. */
export function parameterType(type: unknown): unknown {
  if (typeof type === 'function' || typeof type === 'string') return type;
  if (typeof type !== 'object' || type === null) return Object;
  return enumType(type as Record<string, unknown>);
}

function enumType(members: Record<string, unknown>): unknown {
  // A numeric enum maps back from its numbers to its names.
  const values = Object.keys(members)
    .filter((key) => !/^-?\d/.test(key))
    .map((key) => members[key]);
  if (values.length === 0) return Object;
  if (values.every((value) => typeof value === 'number')) return Number;
  return values.every((value) => typeof value === 'string') ? String : Object;
}
