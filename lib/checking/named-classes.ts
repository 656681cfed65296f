import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { SourceFile } from './source-file.ts';

type Read = (file: string) => Promise<SourceFile | undefined>;

/**
 * Whether a name of a file is that of a class, there or where it is imported from. Only the text tells: of a type alias and an
 * interface as of a class that was imported with `import type` nothing is left. false where it can't be found out.
 */
export async function isNamedClass(name: string, file: string, read: Read): Promise<boolean> {
  const source = await read(file);
  if (!source) return false;
  if (source.classes.some((one) => one.name === name)) return true;
  const from = source.imports.byName.get(name);
  return (
    from !== undefined && exportsClass(from.name, resolveFile(from.specifier, file), { read, seen: [file] })
  );
}

interface Search {
  readonly read: Read;
  /** The files that have been asked: they may hand on each other's names. */
  readonly seen: readonly string[];
}

async function exportsClass(
  name: string,
  file: string | undefined,
  { read, seen }: Search,
): Promise<boolean> {
  if (file === undefined || seen.includes(file)) return false;
  const source = await read(file);
  if (!source) return false;
  if (source.classes.some((one) => one.name === name || (name === 'default' && one.isDefault))) return true;
  const further = { read, seen: [...seen, file] };
  const from = source.imports.handedOn.get(name);
  if (from) return exportsClass(from.name, resolveFile(from.specifier, file), further);
  const all = source.imports.all.map((specifier) =>
    exportsClass(name, resolveFile(specifier, file), further),
  );
  return (await Promise.all(all)).includes(true);
}

/** The file of an import: TypeScript is imported by the name that it will have, too. */
function resolveFile(specifier: string, from: string): string | undefined {
  if (!/^\.{1,2}\//.test(specifier)) return resolvePackage(specifier, from);
  const path = resolve(dirname(from), specifier);
  const spellings = [
    path,
    path.replace(/\.([cm]?)js$/, '.$1ts'),
    `${path}.ts`,
    `${path}.js`,
    `${path}/index.ts`,
  ];
  return spellings.find((spelling) => /\.[cm]?[jt]s$/.test(spelling) && existsSync(spelling));
}

function resolvePackage(specifier: string, from: string): string | undefined {
  try {
    const path = createRequire(from).resolve(specifier);
    return /\.[cm]?[jt]s$/.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
