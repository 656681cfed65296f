import { listedPath } from '../discovery/listed-path.ts';
import { duration, isRecord, listOf, number, text, truth, type Expected } from '../plugin/expected.ts';
import { kindOf, problemsIn, type SettingProblem } from '../plugin/expected-settings.ts';
import type { Limits } from '../http/plugin-routes.ts';
import type { HostOptions } from './options.ts';

/** What `plugboard.config.*` may say: the options of `createHost` that are data. Paths in it begin at the file's folder. */
export type HostConfig = Partial<Pick<HostOptions, ConfigKey>>;

type ConfigKey =
  | 'plugins'
  | 'settings'
  | 'prefix'
  | 'views'
  | 'limits'
  | 'watch'
  | 'etag'
  | 'development'
  | 'blockedMs'
  | 'port'
  | 'hostname';

/** The same object: so that an editor knows what `plugboard.config.ts` may say. */
export function defineConfig(config: HostConfig): HostConfig {
  return config;
}

/** Everything in a file that the host can't use, but for the settings of plugins, which are theirs. */
export function hostConfigProblems(values: unknown): readonly SettingProblem[] {
  if (values === undefined || values === null) return [];
  if (!isRecord(values)) return [{ path: [], message: `must be an object, not ${kindOf(values)}` }];
  return problemsIn(values, hostConfig, []);
}

/** With paths that begin at `folder`, as `createHost` takes them: absolute. */
export function withAbsolutePaths(config: HostConfig, folder: string): HostConfig {
  const { plugins, views } = config;
  const absolute = (path: string): string => listedPath(path, folder) ?? path;
  return {
    ...config,
    ...(plugins && {
      plugins: plugins.map((plugin) => (typeof plugin === 'string' ? absolute(plugin) : plugin)),
    }),
    ...(views !== undefined && { views: absolute(views.startsWith('.') ? views : `./${views}`) }),
  };
}

const bytes = number('a whole number of bytes above 0', (value) => Number.isInteger(value) && value > 0);

const limits: Readonly<Record<keyof Limits, Expected>> = {
  bodyBytes: bytes,
  fileBytes: bytes,
  files: number('a whole number, 0 or more', (value) => Number.isInteger(value) && value >= 0),
  headersTimeoutMs: duration,
  requestTimeoutMs: duration,
};

const hostConfig: Readonly<Record<ConfigKey, Expected>> = {
  plugins: listOf(
    'paths, package names and classes',
    (value) => typeof value === 'string' || typeof value === 'function',
  ),
  settings: { what: "an object: { 'my-plugin': { … } }", fits: isRecord },
  prefix: text,
  views: text,
  limits: { what: 'an object: { bodyBytes: 100000 }', fits: isRecord, inside: limits },
  watch: truth,
  etag: truth,
  development: truth,
  blockedMs: number('a number of milliseconds, 0 or more', (value) => value >= 0),
  port: number('a port: 0 to 65535', (value) => Number.isInteger(value) && value >= 0 && value < 65_536),
  hostname: text,
};
