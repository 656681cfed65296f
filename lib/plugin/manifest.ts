import { basename } from 'node:path';
import semver from 'semver';
import { invalidName, invalidRange, invalidVersion, ManifestError } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { PluginRecord } from './decorator.ts';
import type { Documentation } from './documentation.ts';
import { isRecord } from './expected.ts';
import type { PluginOptions } from './options.ts';
import { kebabCase } from './kebab-case.ts';
import { packageFields } from './nearest-package.ts';
import { PluginFolders } from './plugin-folders.ts';
import { optionFaults } from './validate-options.ts';

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

/**
 * Reads a manifest: what `@Plugin` says, over the nearest package.json, over defaults. Rejects with a `PluginError`, which is a
 * `ManifestError` where several things are wrong.
 */
export async function readManifest(
  record: PluginRecord,
  { root, classFolder, label, folders = new PluginFolders() }: ManifestOptions,
): Promise<Manifest> {
  const { options } = record;
  const fallback = label ?? (root ? basename(root) : 'plugin');
  const file = root ? await folders.nearestPackage(root) : undefined;
  const fields = file ? packageFields(file, fallback) : {};
  // JavaScript holds nobody to the types.
  const named: unknown = options.name ?? withoutScope(fields.name);
  const isNamed = isName(named);
  const name = isNamed ? named : fallback;
  const version = options.version ?? fields.version ?? '0.0.0';
  const [fault, ...others] = [
    ...(isNamed
      ? []
      : [invalidName(fallback, named, kebabCase(typeof named === 'string' && named ? named : fallback))]),
    ...optionFaults(options, name),
    ...versionFaults(version, name),
    ...rangeFaults(options.requires, name),
  ];
  if (fault) throw others.length === 0 ? fault : new ManifestError(fault, others);
  return {
    name,
    version,
    description: options.description ?? fields.description ?? '',
    author: fields.author,
    license: fields.license,
    requires: { ...options.requires },
    documentation:
      (classFolder === undefined ? undefined : folders.documentation(classFolder)) ??
      (root ? folders.documentation(root) : undefined),
    root,
    options,
  };
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name);
}

function withoutScope(name: string | undefined): string | undefined {
  return name?.replace(/^@[^/]*\//, '');
}

// What is no text has been told of as an option.
function versionFaults(version: unknown, name: string): PluginError[] {
  if (typeof version !== 'string' || semver.valid(version)) return [];
  return [invalidVersion(name, version, semver.coerce(version)?.version ?? '1.0.0')];
}

function rangeFaults(requires: unknown, name: string): PluginError[] {
  return Object.entries(isRecord(requires) ? requires : {}).flatMap(([required, range]) =>
    typeof range !== 'string' || semver.validRange(range) !== null
      ? []
      : [invalidRange(name, required, range)],
  );
}
