import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { viewMissingError, viewOutsideError } from '../errors/http-errors.ts';
import { nearestName } from '../plugin/nearest-name.ts';

/** Where a plugin's templates are looked for: its own folder, then the host's. */
export class ViewFolders {
  private readonly known = new Map<string, string>();

  private readonly folders: readonly string[];

  constructor(
    private readonly plugin: string,
    folders: readonly string[],
  ) {
    this.folders = folders.map((folder) => resolve(folder));
  }

  /** The file of a template, tried with each extension where its name has none; undefined where no folder has it. */
  find(name: string, extensions: readonly string[]): string | undefined {
    const known = this.known.get(name);
    if (known && existsSync(known)) return known;
    const file = this.look(name, extensions);
    if (file) this.known.set(name, file);
    return file;
  }

  /**
   * The file of a layout or include, named relative to the template that asks for it, or else to the folders.
   *
   * @throws {PluginError} `VIEW_MISSING`, `VIEW_OUTSIDE`.
   */
  resolve(name: string, askedBy: string | undefined, extension: string): string {
    const owner =
      askedBy === undefined ? undefined : this.folders.find((folder) => isInside(folder, askedBy));
    const isRelative = owner !== undefined && askedBy !== undefined && !isAbsolute(name);
    const place = isRelative ? relative(owner, join(dirname(askedBy), name)) : name.replace(/^[/\\]+/, '');
    const found = this.look(place, [extension]) ?? this.look(name.replace(/^[/\\]+/, ''), [extension]);
    if (!found) throw this.missing(name);
    return found;
  }

  missing(name: string): Error {
    return viewMissingError(this.plugin, name, this.folders, nearestName(name, this.names()));
  }

  /** The templates right in the folders, as they are called. */
  private names(): string[] {
    const files = this.folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
    return files.filter((file) => extname(file)).map((file) => file.slice(0, -extname(file).length));
  }

  private look(name: string, extensions: readonly string[]): string | undefined {
    const names = extensions.includes(extname(name).slice(1))
      ? [name]
      : extensions.map((extension) => `${name}.${extension}`);
    for (const folder of this.folders) {
      for (const file of names.map((candidate) => resolve(folder, candidate))) {
        if (!isInside(folder, file)) throw viewOutsideError(this.plugin, name);
        if (isFile(file)) return file;
      }
    }
    return undefined;
  }
}

function isInside(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
