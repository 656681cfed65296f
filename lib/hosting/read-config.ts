import { dirname } from 'node:path';
import { readConfigFile, type ConfigFile } from '../configuration/config-file.ts';
import { findConfigFile } from '../configuration/find-config-file.ts';
import { configFileInvalid } from '../errors/config-errors.ts';
import { hostConfigProblems, withAbsolutePaths, type HostConfig } from './host-config.ts';

/** What a configuration file says, and where it is. */
export interface FoundConfig {
  /** Absolute. */
  readonly path: string;
  /** With absolute paths. */
  readonly config: HostConfig;
}

/**
 * Reads what `createHost({ configFile })` would read, for what must be known before there is a host; undefined where there is
 * no file. The settings of plugins are not looked at.
 *
 * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
 */
export async function readConfig(configFile?: string): Promise<FoundConfig | undefined> {
  const found = await readHostFile(configFile, process.cwd());
  return found && { path: found.file.path, config: configIn(found.file) };
}

/** A file whose words for the host itself are right, and those that are not read for its sake. */
export interface HostFile {
  readonly file: ConfigFile;
  readonly ignored: readonly string[];
}

/** @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID */
export async function readHostFile(
  configFile: string | false | undefined,
  cwd: string,
): Promise<HostFile | undefined> {
  const found = findConfigFile(configFile, cwd);
  if (!found) return undefined;
  const file = await readConfigFile(found.path, cwd);
  refuseInvalid(file);
  return { file, ignored: found.ignored };
}

/** What a file says of the host, with absolute paths. */
export function configIn({ path, values }: ConfigFile): HostConfig {
  return withAbsolutePaths(values ?? {}, dirname(path));
}

function refuseInvalid(file: ConfigFile): void {
  const problems = hostConfigProblems(file.values);
  if (problems.length === 0) return;
  throw configFileInvalid(
    file.originOf([]).text,
    problems.map(({ path, message }) => ({ path: path.join('.'), message, origin: file.originOf(path) })),
  );
}
