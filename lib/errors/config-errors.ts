import { PluginError, type PluginErrorDetails } from './plugin-error.ts';

/** Where a value was written: text for people, and where that is a file or a variable, which. */
interface Origin {
  readonly text: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly variable?: string | undefined;
}

export interface ConfigProblem {
  /** `smtp.port`; empty: all of it. */
  readonly path: string;
  readonly message: string;
  /** undefined where nobody has given it. */
  readonly origin?: Origin | undefined;
}

/** A fault of what was written somewhere. */
export class ConfigError extends PluginError {
  constructor(
    details: PluginErrorDetails,
    /** What was written, where that is known: the first first. */
    readonly origins: readonly Origin[],
  ) {
    super(details);
  }
}

export function invalidConfig(plugin: string, type: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe(`settings.${plugin}.config`, problem));
  const details = {
    code: 'INVALID_CONFIG',
    plugin,
    phase: 'configure' as const,
    path: [plugin, type],
    message: `The configuration of "${plugin}" does not fit ${type}:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, `createHost({ settings: { '${plugin}': { config: { … } } } })`)}.`,
  };
  return new ConfigError(details, originsOf(problems));
}

/** What the host itself is to do with a plugin can't be read. */
export function invalidSettings(plugin: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe(`settings.${plugin}`, problem));
  const details = {
    code: 'INVALID_SETTINGS',
    plugin,
    phase: 'configure' as const,
    path: [plugin],
    message: `The settings of "${plugin}" can't be used:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, `createHost({ settings: { '${plugin}': { … } } })`)}.`,
  };
  return new ConfigError(details, originsOf(problems));
}

export function configFileMissing(path: string): PluginError {
  return new PluginError({
    code: 'CONFIG_FILE_MISSING',
    plugin: 'host',
    phase: 'configure',
    path: ['host', path],
    message: `There is no configuration file ${path}.`,
    fix: 'Correct createHost({ configFile }), or leave it out: then plugboard.config.* is read where there is one.',
  });
}

/** `origin` has the line where it is known; `cause` is what code of the file has thrown. */
export function configFileBroken(origin: Origin, reason: string, cause: unknown): PluginError {
  const details = {
    code: 'CONFIG_FILE_BROKEN',
    plugin: 'host',
    phase: 'configure' as const,
    path: ['host', origin.text],
    message: `The configuration file ${origin.text} can't be read: ${reason}`,
    fix: 'Correct the file. To start without it: createHost({ configFile: false }).',
    ...(cause !== undefined && { cause }),
  };
  return new ConfigError(details, [origin]);
}

export function configFileInvalid(file: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe('', problem));
  const details = {
    code: 'CONFIG_FILE_INVALID',
    plugin: 'host',
    phase: 'configure' as const,
    path: ['host', file],
    message: `The configuration file ${file} says what the host can't use:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, file)}.`,
  };
  return new ConfigError(details, originsOf(problems));
}

/** Variables that say something of the host itself. */
export function environmentInvalid(problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe('', problem));
  const details = {
    code: 'ENVIRONMENT_INVALID',
    plugin: 'host',
    phase: 'configure' as const,
    path: ['host', ...originsOf(problems).map(({ text }) => text)],
    message: `The environment says what the host can't use:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, 'the environment')}.`,
  };
  return new ConfigError(details, originsOf(problems));
}

function originsOf(problems: readonly ConfigProblem[]): readonly Origin[] {
  return problems.flatMap(({ origin }) => origin ?? []);
}

function describe(root: string, { path, message, origin }: ConfigProblem): string {
  const name = [root, path].filter((part) => part !== '').join('.') || 'the file';
  return `${name}: ${message}${origin ? ` (${origin.text})` : ''}`;
}

/** ` in a.yaml:3 and PLUGBOARD_MAIL_PORT`; what nobody has given belongs `elsewhere`. */
function places(problems: readonly ConfigProblem[], elsewhere: string): string {
  const texts = problems.map(({ origin }) =>
    origin?.file !== undefined || origin?.variable !== undefined ? origin.text : undefined,
  );
  const known = [...new Set(texts.filter((text) => text !== undefined))];
  if (known.length === 0) return `: ${elsewhere}`;
  return texts.includes(undefined) ? `: ${elsewhere}, ${known.join(', ')}` : ` in ${known.join(', ')}`;
}
