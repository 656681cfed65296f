import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

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

export function invalidConfig(plugin: string, type: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe(`settings.${plugin}.config`, problem));
  return new PluginError({
    code: 'INVALID_CONFIG',
    plugin,
    phase: 'configure',
    path: [plugin, type],
    message: `The configuration of "${plugin}" does not fit ${type}:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, `createHost({ settings: { '${plugin}': { config: { … } } } })`)}.`,
  });
}

/** What the host itself is to do with a plugin can't be read. */
export function invalidSettings(plugin: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe(`settings.${plugin}`, problem));
  return new PluginError({
    code: 'INVALID_SETTINGS',
    plugin,
    phase: 'configure',
    path: [plugin],
    message: `The settings of "${plugin}" can't be used:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, `createHost({ settings: { '${plugin}': { … } } })`)}.`,
  });
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

/** `place` has the line where it is known. */
export function configFileBroken(place: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'CONFIG_FILE_BROKEN',
    plugin: 'host',
    phase: 'configure',
    path: ['host', place],
    message: `The configuration file ${place} can't be read: ${describeThrown(cause)}`,
    fix: 'Correct the file. To start without it: createHost({ configFile: false }).',
    cause,
  });
}

export function configFileInvalid(file: string, problems: readonly ConfigProblem[]): PluginError {
  const lines = problems.map((problem) => describe('', problem));
  return new PluginError({
    code: 'CONFIG_FILE_INVALID',
    plugin: 'host',
    phase: 'configure',
    path: ['host', file],
    message: `The configuration file ${file} says what the host can't use:\n${lines.join('\n')}`,
    fix: `Correct it${places(problems, file)}.`,
  });
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
