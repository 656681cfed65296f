import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { importNatively, type Namespace } from '../discovery/native-import.ts';
import { importFault } from './import-fault.ts';
import { MalformedFile, type ReadValues } from './read-values.ts';
import { lineOfKey } from './key-lines.ts';

const { cache } = createRequire(import.meta.url);

/** The version of each file that was imported first, by the URL that it is known by to whoever else imports it. */
const first = new Map<string, string>();

/**
 * What a TypeScript or JavaScript file exports by default, anew when it has changed. What it imports is read once in a process.
 *
 * @throws MalformedFile
 */
export async function importConfig(path: string): Promise<ReadValues> {
  const namespace = await importFile(path);
  const values = defaultExport(namespace['default']);
  if (values === undefined) {
    throw new MalformedFile('it has no default export: export default defineConfig({ … })', undefined);
  }
  const text = readFileSync(path, 'utf8');
  return { values, lineOf: (at) => lineOfKey(text, at) };
}

async function importFile(path: string): Promise<Namespace> {
  const { mtimeMs, size } = statSync(path);
  const version = `${mtimeMs}-${size}`;
  if (!first.has(path)) first.set(path, version);
  const hasChanged = first.get(path) !== version;
  if (hasChanged) Reflect.deleteProperty(cache, path);
  const { href } = pathToFileURL(path);
  try {
    return await importNatively(hasChanged ? `${href}?version=${version}` : href);
  } catch (error) {
    throw await importFault(error, path);
  }
}

/** Of CommonJS that was compiled from a module, the default is within. */
function defaultExport(value: unknown): unknown {
  const { __esModule: isCompiled, default: inner } = (value ?? {}) as Record<string, unknown>;
  return isCompiled === true ? inner : value;
}
