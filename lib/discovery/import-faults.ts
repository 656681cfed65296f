import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { foreignImport, importFailed, missingFile, missingPackage } from '../errors/load-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import { importLocation } from './import-location.ts';
import { type PluginArea, shortName } from './plugin-area.ts';
import { type ImportRequest, isPath } from './resolve-import.ts';

/** What to say of an import that led nowhere. */
export async function describeMissing(request: ImportRequest, area: PluginArea): Promise<PluginError> {
  const { specifier } = request;
  const where = await whereOf(request, area);
  if (isPath(specifier)) return missingFile(area.label, specifier, where, await nearestFile(request));
  if (specifier.startsWith('#')) return missingFile(area.label, specifier, where);
  return missingPackage(area.label, specifier, where);
}

/** What to say of an import of another plugin's file. */
export async function describeForeign(
  request: ImportRequest,
  { path, owner }: { readonly path: string; readonly owner: string },
  area: PluginArea,
): Promise<PluginError> {
  return foreignImport(area.label, await whereOf(request, area), owner, path);
}

/** What to say of something that threw when it was imported. */
export async function describeFailed(
  request: ImportRequest,
  cause: unknown,
  area: PluginArea,
): Promise<PluginError> {
  return importFailed(area.label, await whereOf(request, area), request.specifier, cause);
}

async function whereOf({ importer, specifier }: ImportRequest, area: PluginArea): Promise<string> {
  return (await importLocation(importer, specifier)).replace(importer, () => shortName(importer, area));
}

/** The specifier with the name of a file that is there: TypeScript is imported by the name it will have. */
async function nearestFile({ specifier, importer }: ImportRequest): Promise<string | undefined> {
  const wanted = resolve(dirname(importer), specifier);
  const files = await readdir(dirname(wanted)).catch(() => []);
  const names = files.map((name) => name.replace(/(?<!\.d)\.([cm]?)ts$/, '.$1js'));
  const nearest = nearestName(basename(wanted), names);
  return nearest && specifier.slice(0, specifier.length - basename(specifier).length) + nearest;
}
