import { basename, extname } from 'node:path';

/** The extensions of a file that can be a plugin, in the order of preference. */
export const extensions = ['.ts', '.js', '.mjs', '.cjs', '.mts', '.cts'];

/** True for what is never a plugin: hidden and private names, dependencies, tests and declarations. */
export function isIgnored(name: string): boolean {
  return /^[._]/.test(name) || name === 'node_modules' || /\.(test|spec|d)\.[^.]+$/.test(name);
}

/** True for a file that may hold a plugin. */
export function isCode(name: string): boolean {
  return extensions.includes(extname(name)) && !isIgnored(name);
}

/** True for the file that plugins share types and tokens through. */
export function isContract(name: string): boolean {
  return /^contracts?\.[cm]?[jt]s$/.test(name);
}

/** The name without its extension. */
export function stem(path: string): string {
  return basename(path, extname(path));
}
