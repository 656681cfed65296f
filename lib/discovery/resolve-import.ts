import { isBuiltin } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginContext } from 'rolldown';
import { hostPackage } from './host-packages.ts';
import { type PluginArea, placeOf } from './plugin-area.ts';

export interface ImportRequest {
  readonly specifier: string;
  /** Path of the importing file. */
  readonly importer: string;
  readonly kind: 'import-statement' | 'dynamic-import' | 'require-call';
}

/** What an import in one of the plugin's own files leads to. */
export type ResolvedImport =
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'foreign'; readonly path: string; readonly owner: string }
  | { readonly kind: 'missing' };

export async function resolveImport(
  context: Pick<PluginContext, 'resolve'>,
  request: ImportRequest,
  area: PluginArea,
): Promise<ResolvedImport> {
  const { specifier } = request;
  if (isBuiltin(specifier)) {
    return { kind: 'external', url: specifier.startsWith('node:') ? specifier : `node:${specifier}` };
  }
  if (specifier.startsWith('data:')) return { kind: 'external', url: specifier };
  const shared = hostPackage(specifier);
  if (shared) return { kind: 'external', url: shared };
  const path = await resolvePath(context, request, area);
  if (!path) return { kind: 'missing' };
  const place = placeOf(path, area);
  if (place.kind === 'own') return { kind: 'own', path };
  if (place.kind === 'foreign') return { ...place, path };
  return { kind: 'external', url: pathToFileURL(path).href };
}

/** As Node resolves from the plugin's file; a package that the plugin does not have may be the app's. */
async function resolvePath(
  context: Pick<PluginContext, 'resolve'>,
  { specifier, importer, kind }: ImportRequest,
  { cwd }: PluginArea,
): Promise<string | undefined> {
  const name = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
  const importers = isPath(name) || name.startsWith('#') ? [importer] : [importer, join(cwd, 'index.js')];
  for (const from of importers) {
    // oxlint-disable-next-line no-await-in-loop -- the app is asked only for what the plugin does not have
    const found = await context.resolve(name, from, { kind, skipSelf: true });
    if (found && !found.external && isAbsolute(found.id)) return found.id.replace(/\?.*$/, '');
  }
  return undefined;
}

/** True for what names a file rather than a package. */
export function isPath(specifier: string): boolean {
  return specifier.startsWith('.') || isAbsolute(specifier) || specifier.startsWith('file:');
}
