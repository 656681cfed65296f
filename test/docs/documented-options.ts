import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names that one of the options' interfaces has, as its file says. */
export function interfaceKeys(file: string, name: string, root: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const body = new RegExp(`export interface ${name}\\b[^{]*\\{\\n([^]*?)^\\}`, 'm').exec(text)?.[1];
  if (body === undefined) throw new Error(`${file} has no interface ${name}.`);
  const width = /^ +/.exec(body)?.[0].length ?? 2;
  const member = new RegExp(`^ {${width}}(?:readonly )?(\\w+)\\??[:(]`, 'gm');
  return [...body.matchAll(member)].flatMap(([, key]) => key ?? []);
}

/** The names in the first column of the table that follows `<!-- options: Name -->`. */
export function documentedKeys(page: string, name: string): readonly string[] {
  const tables = page.split(`<!-- options: ${name} -->`).slice(1);
  if (tables.length === 0) throw new Error(`There is no table after <!-- options: ${name} -->.`);
  return tables.flatMap((after) => {
    const [table = ''] = /\n\|[^]*?(?=\n\n|$)/.exec(after) ?? [];
    return [...table.matchAll(/^\| *`(\w+)`/gm)].flatMap(([, key]) => key ?? []);
  });
}
