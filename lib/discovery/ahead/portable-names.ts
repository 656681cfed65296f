import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hostPackageFolder, hostPackageNames } from '../host-packages.ts';

/**
 * Names for files that hold wherever the app is put: `app:plugins/greeter/index.ts` from the folder that the app runs in,
 * `host:inversify/lib/index.js` from a package that the host shares with plugins.
 */
export class PortableNames {
  readonly #app: string;

  /** @param cwd Where the app runs. */
  constructor(cwd: string) {
    this.#app = realpathSync(cwd);
  }

  /** Of an absolute path. */
  nameOf(path: string): string {
    const shared = hostPackageNames.find((name) => isOf(path, hostPackageFolder(name)));
    if (shared) return `host:${shared}/${slashed(relative(hostPackageFolder(shared), path))}`;
    return `app:${slashed(relative(this.#app, path))}`;
  }

  /** The absolute path that a name stands for here. Whether it exists is another question. */
  pathOf(name: string): string {
    if (name.startsWith('app:')) return resolve(this.#app, name.slice('app:'.length));
    const path = name.slice('host:'.length);
    const shared = hostPackageNames.find((one) => path.startsWith(`${one}/`)) ?? '';
    return join(hostPackageFolder(shared), path.slice(shared.length + 1));
  }

  /** `file:` URLs get a name, all other URLs stay as they are. */
  nameOfUrl(url: string): string {
    return url.startsWith('file:') ? this.nameOf(fileURLToPath(url)) : url;
  }

  urlOf(name: string): string {
    return isPortable(name) ? pathToFileURL(this.pathOf(name)).href : name;
  }

  /** Whether there is what a name stands for; of what is no file nobody knows before it is imported. */
  exists(name: string): boolean {
    return !isPortable(name) || existsSync(this.pathOf(name));
  }
}

function isPortable(name: string): boolean {
  return name.startsWith('app:') || name.startsWith('host:');
}

/** And not of a package that is installed in it. */
function isOf(path: string, folder: string): boolean {
  return path.startsWith(folder + sep) && !path.slice(folder.length).includes(`${sep}node_modules${sep}`);
}

function slashed(path: string): string {
  return path.replaceAll(sep, '/');
}
