import { readFile } from 'node:fs/promises';
import type { RolldownLog } from 'rolldown';
import { parseSync } from 'rolldown/utils';
import { type PluginArea, shortName } from './plugin-area.ts';

/** What to say about a name that is imported and not there at run time, with the line that imports it. */
export async function describeShim(
  { binding = '', exporter = '' }: RolldownLog,
  files: readonly string[],
  area: PluginArea,
): Promise<string> {
  const places = await Promise.all(files.map((file) => importOf(binding, file, area)));
  const found = places.find((place) => place !== undefined);
  const where = found?.where ?? area.label;
  // What is taken from outside has an id of ours.
  const isOutside = exporter.startsWith('\0');
  const from = isOutside ? `'${found?.specifier ?? 'that module'}'` : shortName(exporter, area);
  return (
    `${where} imports '${binding}', which ${from} does not export at run time; here it is undefined. ` +
    `If it is an interface or a type, write import type { ${binding} } (never for a class that is injected or the type of a @Body()).`
  );
}

interface ImportPlace {
  readonly where: string;
  readonly specifier: string;
}

async function importOf(binding: string, file: string, area: PluginArea): Promise<ImportPlace | undefined> {
  const text = await readFile(file, 'utf8');
  const { module } = parseSync(file, text, { sourceType: 'unambiguous' });
  const request = module.staticImports.find(({ entries }) =>
    entries.some(({ importName, isType }) => !isType && (importName.name ?? 'default') === binding),
  );
  if (!request) return undefined;
  const where = `${shortName(file, area)}:${text.slice(0, request.start).split('\n').length}`;
  return { where, specifier: request.moduleRequest.value };
}
