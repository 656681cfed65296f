import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** True for `.ts`, `.mts` and `.cts` files that are the author's own: what is in node_modules is published compiled. */
export function isOwnTypeScript(path: string): boolean {
  return /(?<!\.d)\.[cm]?ts$/.test(path) && !path.includes(`${sep}node_modules${sep}`);
}

/** `clock.ts` for `clock.js`, as TypeScript itself resolves names; undefined for other names. */
export function typeScriptName(path: string): string | undefined {
  return /\.[cm]?js$/.test(path) ? path.replace(/js$/, 'ts') : undefined;
}

/** How Node would take this file by its name and its nearest package.json. */
export function declaredFormat(path: string): 'module' | 'commonjs' | 'unknown' {
  if (path.endsWith('.mts')) return 'module';
  if (path.endsWith('.cts')) return 'commonjs';
  return packageType(dirname(path));
}

const types = new Map<string, 'module' | 'commonjs' | 'unknown'>();

function packageType(folder: string): 'module' | 'commonjs' | 'unknown' {
  const known = types.get(folder);
  if (known) return known;
  const type =
    readPackageType(folder) ?? (dirname(folder) === folder ? 'unknown' : packageType(dirname(folder)));
  types.set(folder, type);
  return type;
}

function readPackageType(folder: string): 'module' | 'commonjs' | 'unknown' | undefined {
  try {
    const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type?: unknown };
    return type === 'module' || type === 'commonjs' ? type : 'unknown';
  } catch {
    return undefined;
  }
}
