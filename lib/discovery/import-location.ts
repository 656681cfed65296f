import { readFile } from 'node:fs/promises';
import { parseSync } from 'rolldown/utils';

/** `file:line:column` of the import of `specifier` in a file, or the file alone where it can't be found. */
export async function importLocation(file: string, specifier: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const { module } = parseSync(file, text, { sourceType: 'unambiguous' });
  const request = module.staticImports.find(({ moduleRequest }) => moduleRequest.value === specifier);
  const start = request?.start ?? firstOf(text, [`'${specifier}'`, `"${specifier}"`, `\`${specifier}\``]);
  return start < 0 ? file : `${file}:${position(text, start)}`;
}

function firstOf(text: string, literals: readonly string[]): number {
  return Math.max(-1, ...literals.map((literal) => text.indexOf(literal)));
}

/** 1-based `line:column` of an offset. */
function position(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
