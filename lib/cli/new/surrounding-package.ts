import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package that a new plugin becomes a part of. */
export interface SurroundingPackage {
  /** Absolute path. */
  readonly folder: string;
  /** It says that it needs Plugboard, so that all is there that a plugin needs. */
  readonly hasPlugboard: boolean;
}

/** That of the folder itself, whatever it is, or else the next one above it that needs Plugboard. */
export function surroundingPackage(folder: string): SurroundingPackage | undefined {
  if (existsSync(join(folder, 'package.json'))) return { folder, hasPlugboard: needsPlugboard(folder) };
  const above = ancestors(folder).find(needsPlugboard);
  return above === undefined ? undefined : { folder: above, hasPlugboard: true };
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...ancestors(parent)];
}

function needsPlugboard(folder: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Partial<Record<'dependencies' | 'devDependencies', object>>;
    return 'plugboard' in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}
