import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { rememberOrigin } from '../plugin/twins.ts';
import { registerTypeScript } from '../register/register-typescript.ts';
import { isOwnTypeScript } from '../register/typescript-files.ts';

export type Namespace = Readonly<Record<string, unknown>>;

const { cache } = createRequire(import.meta.url);

/** Node's own `import()`: the module that everyone else in this process gets, TypeScript and JSON included. */
export async function importNatively(url: string): Promise<Namespace> {
  if (url.startsWith('file:') && isOwnTypeScript(fileURLToPath(url))) await registerTypeScript();
  const isJson = /^file:.*\.json$/.test(url);
  const attributes = isJson ? { with: { type: 'json' } } : undefined;
  const namespace = (await import(url, attributes)) as Namespace;
  if (url.startsWith('file:')) rememberOrigins(namespace, fileURLToPath(url));
  return namespace;
}

function rememberOrigins(namespace: Namespace, file: string): void {
  Object.values(namespace).forEach((value) => rememberOrigin(value, file));
}

/** What `require()` gives for an imported module: `module.exports` where it is CommonJS, a builtin or JSON. */
export function requiredValue(url: string, namespace: Namespace): unknown {
  const commonJs = commonJsExports(url, namespace);
  if (commonJs) return commonJs.value;
  return url.startsWith('node:') || url.endsWith('.json') ? namespace.default : namespace;
}

/** Every name that can be imported. Node guesses those of CommonJS from its text; here they can be seen. */
export function exportedNames(url: string, namespace: Namespace): string[] {
  const value = commonJsExports(url, namespace)?.value;
  const added = typeof value === 'object' || typeof value === 'function' ? Object.keys(value ?? {}) : [];
  const names = new Set([...Object.keys(namespace), ...added]);
  names.delete('module.exports');
  names.delete('__esModule');
  return [...names];
}

function commonJsExports(url: string, namespace: Namespace): { readonly value: unknown } | undefined {
  if (Object.hasOwn(namespace, 'module.exports')) return { value: namespace['module.exports'] };
  const cached = url.startsWith('file:') ? cache[fileURLToPath(url)] : undefined;
  // An ES module that was required is in the cache as well, with its namespace.
  return cached && !types.isModuleNamespaceObject(cached.exports) ? { value: cached.exports } : undefined;
}
