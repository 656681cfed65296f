import { existsSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { isWithin } from './changed-files.ts';

/** The files and folders that are looked at, and where the watcher is to begin. */
export class WatchedPaths {
  readonly #targets = new Set<string>();

  /** Gives whether nobody has looked at it until now. */
  add(path: string): boolean {
    if ([...this.#targets].some((target) => isWithin(target, path))) return false;
    this.#targets.add(path);
    return true;
  }

  /** The folders around: of what goes and comes back only they are told. */
  get roots(): readonly string[] {
    const folders = [...new Set([...this.#targets].map(nearestFolder))];
    return folders.filter((folder) => !folders.some((other) => other !== folder && isWithin(other, folder)));
  }

  /** True for what is looked at, and for what lies on the way to it. */
  has(path: string): boolean {
    return [...this.#targets].some(
      (target) => isWithin(path, target) || (isWithin(target, path) && isVisible(relative(target, path))),
    );
  }
}

function isVisible(path: string): boolean {
  return path.split(sep).every((name) => name !== 'node_modules' && !name.startsWith('.'));
}

function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : nearestFolder(folder);
}
