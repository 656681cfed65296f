import { dirname } from 'node:path';
import { readConfigFile, type ConfigFile } from '../configuration/config-file.ts';
import { findConfigFile } from '../configuration/find-config-file.ts';
import { configFileInvalid, environmentInvalid, type ConfigProblem } from '../errors/config-errors.ts';
import type { ConfigLayer } from '../services/config-layer.ts';
import { mergeValues } from '../services/config-layer.ts';
import { readVariables } from '../services/config-variables.ts';
import { ExpectedShape } from '../services/variable-shape.ts';
import { Variables, variablePrefix } from '../services/variables.ts';
import { hostConfig, hostConfigProblems, withAbsolutePaths, type HostConfig } from './host-config.ts';

/** What is said to a host from outside. */
export interface FoundConfig {
  /** Of the file, absolute; undefined where there is none. */
  readonly path: string | undefined;
  /** What the file and the environment say of the host, with absolute paths where the file has them. */
  readonly config: HostConfig;
}

/**
 * Reads what `createHost({ configFile })` would read, for what must be known before there is a host. What the file says of
 * plugins is not looked at.
 *
 * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID, ENVIRONMENT_INVALID
 */
export async function readConfig(configFile?: string | false): Promise<FoundConfig> {
  const found = await readHostFile(configFile, process.cwd());
  const said = configInEnvironment(new Variables(process.env));
  const { settings, ...config } = found ? configIn(found.file) : {};
  return { path: found?.file.path, config: { ...mergeConfigs(config, said), ...(settings && { settings }) } };
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
  const problems = problemsOf(file);
  if (problems.length > 0) throw configFileInvalid(file.originOf([]).text, problems);
  return { file, ignored: found.ignored };
}

/** What a file says of the host, with absolute paths. */
export function configIn({ path, values }: ConfigFile): HostConfig {
  return withAbsolutePaths(values ?? {}, dirname(path));
}

/**
 * What the environment says of the host: `PLUGBOARD_HOST_PORT`, `PLUGBOARD_HOST_LIMITS__BODY_BYTES`.
 *
 * @throws PluginError ENVIRONMENT_INVALID
 */
export function configInEnvironment(variables: Variables): HostConfig {
  const shape = new ExpectedShape(hostConfig);
  const { layer, problems: unfit } = readVariables(shape, { variables, prefix: hostPrefix });
  const problems = [...unfit, ...problemsOf(layer)];
  if (problems.length > 0) throw environmentInvalid(problems);
  return layer.values ?? {};
}

/** What is said of the host itself; the strongest last. */
export function mergeConfigs(...configs: readonly HostConfig[]): HostConfig {
  return mergeValues(configs.map((one) => ({ ...one, settings: undefined }))) as HostConfig;
}

/** What the variables of the host's own options begin with. */
export const hostPrefix = variablePrefix('host');

function problemsOf({ values, originOf }: ConfigLayer): readonly ConfigProblem[] {
  return hostConfigProblems(values).map(({ path, message }) => ({
    path: path.join('.'),
    message,
    origin: originOf(path),
  }));
}
