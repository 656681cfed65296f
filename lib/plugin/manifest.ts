import { basename } from 'node:path';
import semver from 'semver';
import { invalidName, invalidRange, invalidVersion } from '../errors/manifest-errors.ts';
import type { PluginRecord } from './decorator.ts';
import type { Documentation } from './documentation.ts';
import type { PluginOptions } from './options.ts';
import { kebabCase } from './kebab-case.ts';
import { packageFields, type PackageFields } from './nearest-package.ts';
import { PluginFolders } from './plugin-folders.ts';
import { validateOptions } from './validate-options.ts';

/** What is known of a plugin before any of its code is constructed. */
export interface Manifest {
  readonly name: string;
  /** A semver version. */
  readonly version: string;
  /** Empty where nobody wrote one. */
  readonly description: string;
  readonly author: string | undefined;
  readonly license: string | undefined;
  /** `plugboard` or the name of a plugin → semver range. */
  readonly requires: Readonly<Record<string, string>>;
  /** The README.md beside the plugin's class, or else in its folder. */
  readonly documentation: Documentation | undefined;
  /** The folder that the plugin is in, where that is known. */
  readonly root: string | undefined;
  /** All that was given to `@Plugin`. */
  readonly options: PluginOptions;
}

export interface ManifestOptions {
  readonly root: string | undefined;
  /** Where its class is: a package may have several plugins, each with a README of its own. */
  readonly classFolder?: string | undefined;
  /** How the plugin is called in errors while its name is not known. Default: the name of its folder. */
  readonly label?: string | undefined;
  /** Shared by all manifests that are read together. */
  readonly folders?: PluginFolders | undefined;
}

/** Reads a manifest: what `@Plugin` says, over the nearest package.json, over defaults. Rejects with a `PluginError`. */
export async function readManifest(
  record: PluginRecord,
  { root, classFolder, label, folders = new PluginFolders() }: ManifestOptions,
): Promise<Manifest> {
  const { options } = record;
  const fallback = label ?? (root ? basename(root) : 'plugin');
  const file = root ? await folders.nearestPackage(root) : undefined;
  const fields = file ? packageFields(file, fallback) : {};
  const name = readName(options, fields, fallback);
  validateOptions(options, name);
  return {
    name,
    version: readVersion(options.version ?? fields.version ?? '0.0.0', name),
    description: options.description ?? fields.description ?? '',
    author: fields.author,
    license: fields.license,
    requires: readRequirements(options.requires ?? {}, name),
    documentation:
      (classFolder === undefined ? undefined : folders.documentation(classFolder)) ??
      (root ? folders.documentation(root) : undefined),
    root,
    options,
  };
}

function readName(options: PluginOptions, fields: PackageFields, label: string): string {
  // `@Plugin` may be called from JavaScript, where nothing holds anyone to its types.
  const name: unknown = (options as Partial<PluginOptions> | undefined)?.name ?? withoutScope(fields.name);
  if (typeof name !== 'string' || !/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name)) {
    throw invalidName(label, name, kebabCase(typeof name === 'string' && name ? name : label));
  }
  return name;
}

function withoutScope(name: string | undefined): string | undefined {
  return name?.replace(/^@[^/]*\//, '');
}

function readVersion(version: string, name: string): string {
  if (semver.valid(version)) return version;
  throw invalidVersion(name, version, semver.coerce(version)?.version ?? '1.0.0');
}

function readRequirements(requires: Readonly<Record<string, string>>, name: string): Record<string, string> {
  for (const [required, range] of Object.entries(requires)) {
    if (semver.validRange(range) === null) throw invalidRange(name, required, range);
  }
  return { ...requires };
}
