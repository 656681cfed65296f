import { listedPath } from '../discovery/listed-path.ts';
import {
  duration,
  isRecord,
  listOf,
  number,
  objectOf,
  oneOf,
  text,
  truth,
  type Expected,
} from '../plugin/expected.ts';
import { unexpectedIn, type SettingProblem } from '../plugin/expected-settings.ts';
import { lineLevels } from '../plugin/log-level.ts';
import type { Limits } from '../http/plugin-routes.ts';
import type { AccessLogOptions } from './access-log-options.ts';
import type { HostOptions } from './options.ts';

/** What `plugboard.config.*` may say: the options of `createHost` that are data. Paths in it begin at the file's folder. */
export type HostConfig = Partial<Pick<HostOptions, ConfigKey>>;

type ConfigKey = Exclude<keyof HostOptions, CodeKey | 'configFile' | 'environment'>;

/** Options that are code, which only the app can give. */
type CodeKey =
  | 'services'
  | 'middlewares'
  | 'interceptors'
  | 'viewEngines'
  | 'errorBody'
  | 'log'
  | 'substitute'
  | 'currentUserChecker'
  | 'authorizationChecker';

/** The same object: so that an editor knows what `plugboard.config.ts` may say. */
export function defineConfig(config: HostConfig): HostConfig {
  return config;
}

/** Everything in a file that the host can't use, but for the settings of plugins, which are theirs. */
export function hostConfigProblems(values: unknown): readonly SettingProblem[] {
  return unexpectedIn(values, hostConfig);
}

/** With paths that begin at `folder`, as `createHost` takes them: absolute. */
export function withAbsolutePaths(config: HostConfig, folder: string): HostConfig {
  const { plugins, views, build } = config;
  const listed = (path: string): string => listedPath(path, folder) ?? path;
  const absolute = (path: string): string => listed(path.startsWith('.') ? path : `./${path}`);
  return {
    ...config,
    ...(plugins && {
      plugins: plugins.map((plugin) => (typeof plugin === 'string' ? listed(plugin) : plugin)),
    }),
    ...(views !== undefined && { views: absolute(views) }),
    ...(typeof build === 'string' && { build: absolute(build) }),
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

const accessLog: Readonly<Record<keyof AccessLogOptions, Expected>> = {
  level: oneOf(lineLevels),
  ignore: listOf('names of plugins', (value) => typeof value === 'string'),
};

const status = number(
  'a status: 100 to 599',
  (value) => Number.isInteger(value) && value >= 100 && value < 600,
);

const defaults: Readonly<Record<keyof NonNullable<HostOptions['defaults']>, Expected>> = {
  nullResultCode: status,
  undefinedResultCode: status,
  paramOptions: objectOf({ required: truth }, '{ required: true }'),
};

/** What another library looks into. */
const options: Expected = { what: 'an object', fits: isRecord, kind: 'object' };

// One line for each option: the compiler holds this table to the interface.
export const hostConfig: Readonly<Record<ConfigKey, Expected>> = {
  plugins: listOf(
    'paths, package names and classes',
    (value) => typeof value === 'string' || typeof value === 'function',
  ),
  // Each plugin has variables of its own.
  settings: { what: "an object: { 'my-plugin': { … } }", fits: isRecord },
  prefix: text,
  views: text,
  limits: objectOf(limits, '{ bodyBytes: 100000 }'),
  port: number('a port: 0 to 65535', (value) => Number.isInteger(value) && value >= 0 && value < 65_536),
  hostname: text,
  watch: truth,
  build: {
    what: 'a path, or false',
    fits: (value) => typeof value === 'string' || value === false,
    kind: 'mixed',
  },
  standalone: truth,
  development: truth,
  accessLog: { ...orObject("{ level: 'debug' }"), inside: accessLog },
  methodNotAllowed: truth,
  etag: truth,
  cors: orObject("{ origin: 'https://example.com' }"),
  blockedMs: number('a number of milliseconds, 0 or more', (value) => value >= 0),
  leaks: oneOf(['close', 'trace', false]),
  attribution: oneOf(['context', 'stack']),
  defaultErrorHandler: truth,
  errorOverridingMap: options,
  validation: orObject('{ whitelist: true }'),
  classTransformer: truth,
  plainToClassTransformOptions: options,
  classToPlainTransformOptions: options,
  defaults: objectOf(defaults, '{ nullResultCode: 404 }'),
};

function orObject(example: string): Expected {
  return {
    what: `true, false or an object: ${example}`,
    fits: (value) => typeof value === 'boolean' || isRecord(value),
    kind: 'mixed',
  };
}
