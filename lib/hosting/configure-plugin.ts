import { invalidSettings, type ConfigProblem } from '../errors/config-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { pluginSettings, settingProblems } from '../plugin/expected-settings.ts';
import type { PluginSettings } from '../plugin/settings.ts';
import { mergeValues, originOf, type ConfigLayer, type ConfigSources } from '../services/config-layer.ts';
import { readVariables, type VariableReading } from '../services/config-variables.ts';
import { ExpectedShape } from '../services/variable-shape.ts';
import { variablePrefix, type Variables } from '../services/variables.ts';

/** All that is said of one plugin from outside. */
export interface PluginConfiguration {
  /** Without those that can't be used. */
  readonly settings: PluginSettings;
  /** For its config class. */
  readonly config: ConfigSources;
  /** Why it must not run as it is configured: INVALID_SETTINGS. */
  readonly fault: PluginError | undefined;
}

/** Puts together what the file, the environment and the options say of a plugin; each layer has all of its settings. */
export function configurePlugin(plugin: string, sources: ConfigSources): PluginConfiguration {
  const { file, variables, settings: options, secrets } = sources;
  const environment = variables && settingsByVariable(plugin, variables);
  const layers = [file, environment?.layer, options].filter((layer) => layer !== undefined);
  const problems = [
    ...(environment?.problems ?? []),
    ...layers.flatMap((layer) => problemsOf(layer, layers)),
  ];
  const settings = mergeValues(layers.map((layer) => usable(layer))) as PluginSettings | undefined;
  return {
    settings: settings ?? {},
    config: {
      file: file && inside(file, 'config'),
      variables,
      settings: options && inside(options, 'config'),
      secrets,
    },
    fault: problems.length > 0 ? invalidSettings(plugin, problems) : undefined,
  };
}

/** `PLUGBOARD_MAIL_ENABLED`, `PLUGBOARD_MAIL_TIMEOUTS__START_MS`. */
function settingsByVariable(plugin: string, variables: Variables): VariableReading {
  return readVariables(new ExpectedShape(pluginSettings), { variables, prefix: variablePrefix(plugin) });
}

/** What a stronger layer says instead is of no account. */
function problemsOf(layer: ConfigLayer, layers: readonly ConfigLayer[]): readonly ConfigProblem[] {
  return settingProblems(layer.values).flatMap(({ path, message }) => {
    const origin = layer.originOf(path);
    const strongest = originOf(path, layers);
    return path.length > 0 && strongest?.text !== origin.text
      ? []
      : [{ path: path.join('.'), message, origin }];
  });
}

/** Its config is the plugin's business, and what can't be used is nobody's. */
function usable({ values }: ConfigLayer): PluginSettings {
  const wrong = new Set(settingProblems(values).map(({ path: [key] }) => key));
  if (wrong.has(undefined)) return {};
  const entries = Object.entries((values ?? {}) as PluginSettings);
  return Object.fromEntries(entries.filter(([key]) => key !== 'config' && !wrong.has(key)));
}

function inside(layer: ConfigLayer, key: string): ConfigLayer {
  const { values } = layer;
  return {
    values: typeof values === 'object' ? (values as Record<string, unknown> | null)?.[key] : undefined,
    originOf: (path) => layer.originOf([key, ...path]),
  };
}
