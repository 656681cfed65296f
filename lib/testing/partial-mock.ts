/**
 * Stands in for a service with only what a test gives it. Whatever else is used of it throws, with its name.
 * A function that was given, a stub say, is handed out as it is.
 */
export function partialMock(name: string, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return new Proxy(given, {
    get: (target, key) => {
      if (key in target) return memberOf(target, key);
      if (typeof key === 'symbol' || untrapped.has(key)) return undefined;
      throw new TypeError(
        `${name}.${key} was used, but the mock of ${name} has no "${key}". ` +
          `Give it one: .mock(${name}, { ${[...Object.keys(target), key].join(', ')}: … }).`,
      );
    },
  });
}

// What the language, promises and reporters look for in any object.
const untrapped: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'inspect',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
]);

// A method of a class keeps its own `this`, which may have private fields; an own function is the test's.
function memberOf(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function' && !Object.hasOwn(target, key) && key !== 'constructor'
    ? value.bind(target)
    : value;
}
