import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

interface Hashed {
  readonly modified: number;
  readonly size: number;
  readonly hash: string;
}

/** The files of a plugin's assets folder. Whatever is outside of it, also by a link, is not there. */
export class AssetFiles {
  private readonly known = new Map<string, Hashed>();

  constructor(private readonly folder: string) {}

  /** The real path of a file, or undefined where there is none to be shown: missing, hidden, a folder, or a link that leads out. */
  find(path: string): string | undefined {
    if (path.includes('\0') || !path.split(/[/\\]/).every(isVisible)) return undefined;
    try {
      const root = realpathSync(this.folder);
      const file = realpathSync(join(root, path));
      return file.startsWith(root + sep) && statSync(file).isFile() ? file : undefined;
    } catch {
      return undefined;
    }
  }

  /** A word that changes with the file's content; undefined where there is no such file. */
  hash(path: string): string | undefined {
    const file = this.find(path);
    if (file === undefined) return undefined;
    const { mtimeMs: modified, size } = statSync(file);
    const before = this.known.get(file);
    if (before?.modified === modified && before.size === size) return before.hash;
    const hash = createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 12);
    this.known.set(file, { modified, size, hash });
    return hash;
  }
}

function isVisible(name: string): boolean {
  return name !== '' && !name.startsWith('.');
}
