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

/** The fields of the first package.json in a folder or above it. */
export async function nearestPackage(folder: string, plugin: string): Promise<PackageFields> {
  const path = join(folder, 'package.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return parse(text, path, plugin);
  return dirname(folder) === folder ? {} : nearestPackage(dirname(folder), plugin);
}

function parse(text: string, path: string, plugin: string): PackageFields {
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
