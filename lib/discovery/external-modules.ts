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
}

const prefix = '\0plugboard:';

export function externalModules(): ExternalModules {
  const values = new Map<string, unknown>();
  return {
    id: (url, required) => `${prefix}${required ? 'require' : 'import'}:${url}`,
    load: (id) => (id.startsWith(prefix) ? load(id.slice(prefix.length), values) : undefined),
    get: (id) => values.get(id),
  };
}

async function load(id: string, values: Map<string, unknown>): Promise<string> {
  const url = id.slice(id.indexOf(':') + 1);
  const namespace = await importNatively(url);
  const isRequired = id.startsWith('require:');
  values.set(id, isRequired ? requiredValue(url, namespace) : valuesByName(url, namespace));
  const external = `${externalName}(${JSON.stringify(id)})`;
  return isRequired ? `module.exports = ${external};` : handOn(external, exportedNames(url, namespace));
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
