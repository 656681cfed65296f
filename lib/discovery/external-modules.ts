import { exportedNames, importNatively, type Namespace, requiredValue } from './native-import.ts';

/** What evaluated code calls the function that hands it a module from outside. */
export const externalName = '$$external';

/**
 * The modules that a bundle takes from outside. Each is a virtual module in the bundle that hands on, name by name,
 * what Node's own `import()` gave: so identity holds, and default and named imports mean what they mean in Node.
 */
export interface ExternalModules {
  /** The id of the virtual module that stands for `url`. */
  id(url: string, required: boolean): string;
  /** The text of a virtual module, or undefined where the id is not of one. */
  load(id: string): Promise<string> | undefined;
  /** What evaluated code gets its modules from. */
  readonly get: (id: string) => unknown;
  /** Of all modules that were taken from outside. */
  urls(): readonly string[];
}

/** One module that evaluated code takes from outside. */
export interface ExternalModule {
  readonly url: string;
  /** By `require()`, which may get something else than `import` does. */
  readonly isRequired: boolean;
}

const prefix = '\0plugboard:';
// Behind the URL: by an ending such as .cjs the bundler would take the text for what the real file is.
const suffix = '#';

/** @param givenUp Ends the wait for a module that never finishes loading: the bundler would wait for ever, busily. */
export function externalModules(givenUp?: AbortSignal): ExternalModules {
  const values = new Map<string, unknown>();
  return {
    id: (url, required) => `${prefix}${required ? 'require' : 'import'}:${url}${suffix}`,
    load: (id) => (id.startsWith(prefix) ? load(id.slice(prefix.length), values, givenUp) : undefined),
    get: (id) => values.get(id),
    urls: () => [...values.keys()].map((id) => externalOf(id).url),
  };
}

/** What an id stands for that evaluated code asks by. */
export function externalOf(id: string): ExternalModule {
  return {
    url: id.slice(id.indexOf(':') + 1, -suffix.length),
    isRequired: id.startsWith('require:'),
  };
}

/** What evaluated code gets for a module from outside, where the text that asks for it is there already. */
export async function externalValue(module: ExternalModule): Promise<unknown> {
  return valueOf(module, await importNatively(module.url));
}

function valueOf({ url, isRequired }: ExternalModule, namespace: Namespace): unknown {
  return isRequired ? requiredValue(url, namespace) : valuesByName(url, namespace);
}

async function load(
  id: string,
  values: Map<string, unknown>,
  givenUp: AbortSignal | undefined,
): Promise<string> {
  const { url, isRequired } = externalOf(id);
  const namespace = await unlessGivenUp(importNatively(url), givenUp);
  values.set(id, valueOf({ url, isRequired }, namespace));
  const external = `${externalName}(${JSON.stringify(id)})`;
  return isRequired ? `module.exports = ${external};` : handOn(external, exportedNames(url, namespace));
}

async function unlessGivenUp<T>(work: Promise<T>, givenUp: AbortSignal | undefined): Promise<T> {
  if (!givenUp) return work;
  givenUp.throwIfAborted();
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(givenUp.reason as Error);
    };
    givenUp.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => {
      givenUp.removeEventListener('abort', giveUp);
    });
  });
}

function valuesByName(url: string, namespace: Namespace): Namespace {
  const required = requiredValue(url, namespace);
  const names = exportedNames(url, namespace);
  return Object.fromEntries(
    names.map((name) => [name, read(name in namespace ? namespace : required, name)]),
  );
}

/** A package may have a getter that throws when a part of it is not installed: nobody may ask for that part. */
function read(owner: unknown, name: string): unknown {
  try {
    return (owner as Namespace)[name];
  } catch {
    return undefined;
  }
}

function handOn(external: string, names: readonly string[]): string {
  const variables = names.map((name, index) => `const value${index} = external[${JSON.stringify(name)}];`);
  const list = names.map((name, index) => `value${index} as ${JSON.stringify(name)}`);
  return [`const external = ${external};`, ...variables, `export { ${list.join(', ')} };`].join('\n');
}
