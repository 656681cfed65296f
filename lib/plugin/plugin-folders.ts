import { findDocumentation, type Documentation } from './documentation.ts';
import { nearestPackage, type PackageFile } from './nearest-package.ts';

/** What lies in and above the folders of plugins. Each is read once: an app's own classes have one folder in common. */
export class PluginFolders {
  readonly #packages = new Map<string, Promise<PackageFile | undefined>>();
  readonly #documentation = new Map<string, Documentation | undefined>();

  async nearestPackage(folder: string): Promise<PackageFile | undefined> {
    let found = this.#packages.get(folder);
    if (!found) this.#packages.set(folder, (found = nearestPackage(folder)));
    return found;
  }

  documentation(folder: string): Documentation | undefined {
    if (!this.#documentation.has(folder)) this.#documentation.set(folder, findDocumentation(folder));
    return this.#documentation.get(folder);
  }
}
