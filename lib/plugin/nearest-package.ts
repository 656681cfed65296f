import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { invalidPackage } from '../errors/manifest-errors.ts';

/** What a package.json says of a plugin. */
export interface PackageFields {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly author?: string | undefined;
  readonly license?: string | undefined;
}

/** A package.json as it is written. */
export interface PackageFile {
  readonly path: string;
  readonly text: string;
}

/** The first package.json in a folder or above it. */
export async function nearestPackage(folder: string): Promise<PackageFile | undefined> {
  const path = join(folder, 'package.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return { path, text };
  return dirname(folder) === folder ? undefined : nearestPackage(dirname(folder));
}

/** @throws {PluginError} INVALID_PACKAGE */
export function packageFields({ path, text }: PackageFile, plugin: string): PackageFields {
  try {
    const fields = (JSON.parse(text) ?? {}) as Record<keyof PackageFields, unknown>;
    return {
      name: textOf(fields.name),
      version: textOf(fields.version),
      description: textOf(fields.description),
      author: authorOf(fields.author),
      license: textOf(fields.license),
    };
  } catch (error) {
    throw invalidPackage(plugin, path, error);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function authorOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const { name, email } = value as { name?: unknown; email?: unknown };
  return textOf([textOf(name), textOf(email) && `<${String(email)}>`].filter(Boolean).join(' '));
}
