import { isDeepStrictEqual } from 'node:util';
import { partOf, type ConfigFile } from '../configuration/config-file.ts';
import { configFilePlaces } from '../configuration/find-config-file.ts';
import { isRecord } from '../plugin/expected.ts';
import type { ConfigLayer, ConfigOrigin } from '../services/config-layer.ts';
import { Secrets } from '../services/secrets.ts';
import { Variables } from '../services/variables.ts';
import { configurePlugin, type PluginConfiguration } from './configure-plugin.ts';
import type { HostOptions } from './options.ts';
import { hostConfig } from './host-config.ts';
import { configIn, configInEnvironment, mergeConfigs, readHostFile } from './read-config.ts';

/** A plugin's name in the settings, and where it stands. */
export interface NamedSettings {
  readonly plugin: string;
  readonly origin: ConfigOrigin;
}

/** What a file says otherwise than the one before. */
export interface ConfigChange {
  /** The plugins whose settings have changed. */
  readonly plugins: readonly string[];
  /** The options of the host that have changed. */
  readonly options: readonly string[];
  /** For messages. */
  readonly file: string | undefined;
}

/** All that a host is told from outside: by its file, by the environment, and by `createHost`, which has the last word. */
export class Configuration {
  /** What is in force. Parts of the host keep this object from the beginning; the file's values come in when it is read. */
  readonly options: HostOptions;
  readonly secrets = new Secrets();
  variables: Variables;
  /** Files that are not read since another one is. */
  ignored: readonly string[] = [];
  #file: ConfigFile | undefined;

  constructor(
    private readonly given: HostOptions,
    private readonly cwd = process.cwd(),
  ) {
    this.options = { ...given };
    this.variables = this.#environment();
  }

  /** Where its file is, or may come: absolute paths. */
  get places(): readonly string[] {
    return configFilePlaces(this.given.configFile, this.cwd);
  }

  /**
   * Reads the file and the environment, for the start.
   *
   * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID, ENVIRONMENT_INVALID
   */
  async read(): Promise<void> {
    await this.refresh();
    const given = Object.entries(this.given).filter(([key]) => Object.hasOwn(hostConfig, key));
    const file = this.#file ? configIn(this.#file) : {};
    const said = mergeConfigs(file, configInEnvironment(this.variables), Object.fromEntries(given));
    Object.assign(this.options, said);
  }

  /**
   * Reads the file and the environment anew, for the settings of plugins that are built from now on. What they say of the host
   * itself stays as it was at the start; and where the file is broken, all does.
   *
   * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
   */
  async refresh(): Promise<ConfigChange> {
    const { file, ignored = [] } = (await readHostFile(this.given.configFile, this.cwd)) ?? {};
    const change = changeOf(this.#file, file);
    this.ignored = ignored;
    this.#file = file;
    this.variables = this.#environment();
    return change;
  }

  /** All that is said of one plugin. */
  pluginNamed(plugin: string): PluginConfiguration {
    return configurePlugin(plugin, {
      file: this.#file && partOf(this.#file, ['settings', plugin]),
      variables: this.variables,
      settings: optionsLayer(this.given.settings?.[plugin]),
      secrets: this.secrets,
    });
  }

  /** Every plugin that the file or the options name. */
  get named(): readonly NamedSettings[] {
    const file = this.#file;
    return [
      ...Object.keys(settingsIn(file)).map((plugin) => ({
        plugin,
        origin: file?.originOf(['settings', plugin]) ?? fromOptions,
      })),
      ...Object.keys(this.given.settings ?? {}).map((plugin) => ({ plugin, origin: fromOptions })),
    ];
  }

  #environment(): Variables {
    const { environment = process.env } = this.given;
    return new Variables(environment === false ? {} : environment);
  }
}

const fromOptions: ConfigOrigin = { text: 'createHost settings' };

function optionsLayer(values: unknown): ConfigLayer {
  return { values, originOf: () => fromOptions };
}

function settingsIn(file: ConfigFile | undefined): Readonly<Record<string, unknown>> {
  return (file && (partOf(file, ['settings']).values as Record<string, unknown> | undefined)) ?? {};
}

function changeOf(before: ConfigFile | undefined, after: ConfigFile | undefined): ConfigChange {
  const { settings: _, ...options } = differences(before?.values, after?.values);
  return {
    plugins: Object.keys(differences(settingsIn(before), settingsIn(after))),
    options: Object.keys(options),
    file: (after ?? before)?.path,
  };
}

/** The keys that one has otherwise than the other. */
function differences(before: unknown, after: unknown): Readonly<Record<string, true>> {
  const [old, now] = [before, after].map((values) => (isRecord(values) ? values : {}));
  const keys = Object.keys({ ...old, ...now });
  return Object.fromEntries(
    keys.filter((key) => !isDeepStrictEqual(old?.[key], now?.[key])).map((key) => [key, true as const]),
  );
}
