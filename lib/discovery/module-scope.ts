import { pathToFileURL } from 'node:url';
import { RolldownMagicString } from 'rolldown';
import { parseSync } from 'rolldown/utils';

/** What evaluated code calls the functions that know which of the plugin's files it came from. */
export const scopeNames = { meta: '$$meta', importFrom: '$$from', load: '$$load' } as const;

export type ScriptType = 'js' | 'jsx' | 'ts' | 'tsx';

/** A module's text with names put in, and where all else came from. */
export interface BoundModule {
  readonly code: string;
  readonly map: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * In a bundle all modules would share the entry's `import.meta`, `__dirname` and `__filename`: gives each file its own.
 * An `import()` of a computed name is told where it stands. Undefined where there is nothing to do.
 */
export function bindModuleScope(path: string, code: string, lang: ScriptType): BoundModule | undefined {
  if (!/import\.meta|__dirname|__filename|\bimport\s*\(/.test(code)) return undefined;
  const { module, errors } = parseSync(path, code, { lang, sourceType: 'unambiguous' });
  if (errors.length > 0) return undefined;
  const metas = module.importMetas.map(({ start, end }) => ({ start, end, text: metaOf(path) }));
  const imports = module.dynamicImports.flatMap((request): Edit[] => {
    const { start, end } = request.moduleRequest;
    if (/^(['"`])[^'"`$]*\1$/.test(code.slice(start, end))) return [];
    const importer = `${scopeNames.importFrom}(${JSON.stringify(pathToFileURL(path).href)})`;
    return [{ start: request.start, end: request.start + 'import'.length, text: importer }];
  });
  return apply(code, [...names(path, code), ...metas, ...imports]);
}

function metaOf(path: string): string {
  return `${scopeNames.meta}(${JSON.stringify(path)})`;
}

/** In front, but behind a directive, which counts only in the first place. */
function names(path: string, code: string): Edit[] {
  const used = ['__filename', '__dirname'].filter((name) => code.includes(name) && !declares(code, name));
  if (used.length === 0) return [];
  const start = /^(#!.*\n)?(\s*(['"])use strict\3;?)?/.exec(code)?.[0].length ?? 0;
  const values = used.map(
    (name) => `${name} = ${metaOf(path)}.${name === '__filename' ? 'filename' : 'dirname'}`,
  );
  return [{ start, end: start, text: `;const ${values.join(', ')};` }];
}

/** The author may have made the name, as ES modules must. */
function declares(code: string, name: string): boolean {
  return new RegExp(
    `\\b(const|let|var)\\s+${name}\\b|\\b(const|let|var|import)\\s*\\{[^}]*\\b${name}\\b`,
  ).test(code);
}

function apply(code: string, edits: readonly Edit[]): BoundModule {
  const text = new RolldownMagicString(code);
  for (const { start, end, text: by } of edits) {
    if (start === end) text.appendLeft(start, by);
    else text.overwrite(start, end, by);
  }
  return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
}
