import { pathToFileURL } from 'node:url';
import type { Plugin, PluginContext } from 'rolldown';
import { foreignImport, importFailed, missingFile, missingPackage } from '../errors/load-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import { redirectImports } from './dynamic-imports.ts';
import type { ExternalModules } from './external-modules.ts';
import { importLocation } from './import-location.ts';
import { bindModuleScope } from './module-scope.ts';
import { type PluginArea, shortName } from './plugin-area.ts';
import { type ImportRequest, isPath, type ResolvedImport, resolveImport } from './resolve-import.ts';

/** The part of a bundle's making that decides what is in it. */
export interface OwnModules {
  readonly plugin: Plugin;
  /** The first thing that went wrong, as we say it; the bundler would wrap it. */
  failure(): PluginError | undefined;
  /** The bundle's text with every `import()` that is left in it made an import of ours. */
  finish(code: string): string;
}

/** Keeps the plugin's own files in the bundle, and takes everything else from outside. */
export function ownModules(area: PluginArea, externals: ExternalModules): OwnModules {
  const importers = new Map<string, ImportRequest>();
  let first: PluginError | undefined;
  const fail = (error: PluginError): never => {
    first ??= error;
    throw first;
  };

  async function enter(
    context: PluginContext,
    request: ImportRequest,
  ): Promise<string | { id: string; external: true }> {
    const target = await resolveImport(context, request, area);
    if (target.kind === 'own') return target.path;
    if (target.kind === 'foreign') return fail(await foreign(target, request, area));
    if (request.kind === 'dynamic-import') return { id: lazyTarget(target, request), external: true };
    if (target.kind === 'missing') return fail(await missing(request, area));
    const id = externals.id(target.url, request.kind === 'require-call');
    if (!importers.has(id)) importers.set(id, request);
    return id;
  }

  async function loadExternal(id: string): Promise<{ code: string; moduleType: 'js' } | undefined> {
    const request = importers.get(id);
    if (!request) return undefined;
    try {
      return { code: (await externals.load(id)) ?? '', moduleType: 'js' };
    } catch (error) {
      return fail(importFailed(area.label, await where(request, area), request.specifier, error));
    }
  }

  return {
    failure: () => first,
    finish: redirectImports,
    plugin: {
      name: 'plugboard:own-modules',
      resolveId(specifier, importer, { kind }) {
        if (!importer || importer.startsWith('\0') || specifier.startsWith('\0')) return null;
        return enter(this, { specifier, importer, kind: kind as ImportRequest['kind'] });
      },
      load: (id) => loadExternal(id),
      transform(code, id, { moduleType }) {
        if (id.startsWith('\0') || (moduleType !== 'js' && moduleType !== 'ts')) return null;
        return bindModuleScope(id, code, moduleType) ?? null;
      },
    },
  };
}

/** What `import()` is given at run time: a URL, or what was asked for and is not there. */
function lazyTarget(
  target: Exclude<ResolvedImport, { kind: 'own' | 'foreign' }>,
  request: ImportRequest,
): string {
  if (target.kind === 'external') return target.url;
  return `plugboard-missing:${encodeURIComponent(JSON.stringify([request.specifier, pathToFileURL(request.importer).href]))}`;
}

async function foreign(
  { path, owner }: Extract<ResolvedImport, { kind: 'foreign' }>,
  request: ImportRequest,
  area: PluginArea,
): Promise<PluginError> {
  return foreignImport(area.label, await where(request, area), owner, path);
}

async function missing(request: ImportRequest, area: PluginArea): Promise<PluginError> {
  const place = await where(request, area);
  if (isPath(request.specifier) || request.specifier.startsWith('#')) {
    return missingFile(area.label, request.specifier, place);
  }
  return missingPackage(area.label, request.specifier, place);
}

async function where({ importer, specifier }: ImportRequest, area: PluginArea): Promise<string> {
  return (await importLocation(importer, specifier)).replace(importer, () => shortName(importer, area));
}
