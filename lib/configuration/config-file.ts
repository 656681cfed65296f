import { relative } from 'node:path';
import { configFileBroken } from '../errors/config-errors.ts';
import { describeThrown } from '../errors/lifecycle-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import type { ConfigLayer, ConfigOrigin } from '../services/config-layer.ts';
import { importConfig } from './import-config.ts';
import { MalformedFile, type ReadValues } from './read-values.ts';

/** What a configuration file says, as it says it. */
export interface ConfigFile extends ConfigLayer {
  readonly path: string;
}

/**
 * Reads YAML and JSON as they are, and imports TypeScript and JavaScript.
 *
 * @throws PluginError CONFIG_FILE_BROKEN
 */
export async function readConfigFile(path: string, cwd: string): Promise<ConfigFile> {
  try {
    const { values, lineOf } = await readValues(path);
    return { path, values, originOf: (at) => fileOrigin(path, cwd, lineOf(at)) };
  } catch (error) {
    if (error instanceof PluginError) throw error;
    const { line, message, cause } = error instanceof MalformedFile ? error : asMalformed(error);
    throw configFileBroken(fileOrigin(path, cwd, line), message, cause);
  }
}

/** The part of a file at `path`, with the places of what is in it. */
export function partOf(file: ConfigFile, path: readonly string[]): ConfigLayer {
  let values = file.values;
  for (const key of path) values = (values as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return { values, originOf: (at) => file.originOf([...path, ...at]) };
}

/** The file can't be opened, say. */
function asMalformed(error: unknown): MalformedFile {
  return new MalformedFile(describeThrown(error), undefined, { cause: error });
}

async function readValues(path: string): Promise<ReadValues> {
  if (!/\.(json|ya?ml)$/.test(path)) return importConfig(path);
  // Loaded late: who has no such file need not pay for it.
  const { parseDocument } = await import('./parse-document.js');
  return parseDocument(path);
}

/** Relative where the file is in the working directory. */
function fileOrigin(path: string, cwd: string, line: number | undefined): ConfigOrigin {
  const short = relative(cwd, path);
  const name = short.startsWith('..') ? path : short;
  return { text: line === undefined ? name : `${name}:${line}`, file: path, line };
}
