import { isProbe } from './probed-members.ts';

/**
 * Stands in for a service with only what a test gives it. Whatever else is used of it throws, with its name.
 * A function that was given, a stub say, is handed out as it is.
 */
export function partialMock(name: string, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const inherited = new Map<object, unknown>();
  const mock: object = new Proxy(given, {
    get: (target, key) => {
      if (!(key in target)) return isProbe(key) ? undefined : refuse(name, target, key);
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor' || Object.hasOwn(target, key)) return value;
      const method = inherited.get(value) ?? onTarget(value, { mock, target });
      inherited.set(value, method);
      return method;
    },
    // Without a receiver: a setter may reach for private fields, which only the real object has.
    set: (target, key, value) => Reflect.set(target, key, value),
  });
  return mock;
}

function refuse(name: string, target: object, key: string | symbol): never {
  const member = String(key);
  const members = [...Object.keys(target), member].join(', ');
  throw new TypeError(
    `${name}.${member} was used, but the mock of ${name} has no "${member}". ` +
      `Give it one: .mock(${name}, { ${members}: … }).`,
  );
}

// A method of a class needs its own `this`, which may have private fields; it stays the function that it is, stubbed or not.
function onTarget(
  method: object,
  { mock, target }: { readonly mock: object; readonly target: object },
): unknown {
  return new Proxy(method as () => unknown, {
    apply: (call, self: unknown, args) => Reflect.apply(call, self === mock ? target : self, args) as unknown,
  });
}
