import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { foreignImport } from '../errors/load-errors.ts';
import { typeScriptName } from '../register/typescript-files.ts';
import { hostPackage } from './host-packages.ts';
import { importNatively, type Namespace } from './native-import.ts';
import { findPackage } from './package-source.ts';
import { type PluginArea, placeOf, shortName } from './plugin-area.ts';
import { isPath } from './resolve-import.ts';

/** What evaluated code calls in place of `import()`. */
export interface LazyImports {
  /** For a name that was resolved when the bundle was made. */
  readonly load: (target: string) => Promise<Namespace>;
  /** For a name that is computed: knows the file that asks. */
  readonly from: (importer: string) => (specifier: unknown) => Promise<Namespace>;
}

export function lazyImports(area: PluginArea): LazyImports {
  return {
    load: async (target) => {
      if (!target.startsWith('plugboard-missing:')) return importNatively(target);
      const [specifier, importer] = JSON.parse(decodeURIComponent(target.replace(/^.*?:/, ''))) as [
        string,
        string,
      ];
      throw notFound(specifier, importer);
    },
    from: (importer) => async (specifier) =>
      importNatively(await resolveAtRunTime(String(specifier), importer, area)),
  };
}

async function resolveAtRunTime(specifier: string, importer: string, area: PluginArea): Promise<string> {
  if (isPath(specifier)) return resolveFile(specifier, importer, area);
  if (isBuiltin(specifier) || URL.canParse(specifier)) return specifier;
  const shared = hostPackage(specifier);
  if (shared) return shared;
  for (const folder of [dirname(fileURLToPath(importer)), area.cwd]) {
    // oxlint-disable-next-line no-await-in-loop -- the app is asked only for what the plugin does not have
    const source = await findPackage(specifier, folder);
    if (source.kind === 'package') return pathToFileURL(source.entry).href;
  }
  throw notFound(specifier, importer);
}

function resolveFile(specifier: string, importer: string, area: PluginArea): string {
  const named = fileURLToPath(new URL(specifier, importer));
  const typeScript = existsSync(named) ? undefined : typeScriptName(named);
  const path = typeScript && existsSync(typeScript) ? typeScript : named;
  const place = placeOf(path, area);
  if (place.kind === 'foreign') {
    throw foreignImport(area.label, shortName(fileURLToPath(importer), area), place.owner, path);
  }
  return pathToFileURL(path).href;
}

function notFound(specifier: string, importer: string): Error {
  const error = new Error(`Cannot find '${specifier}' imported from ${fileURLToPath(importer)}`);
  return Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
}
