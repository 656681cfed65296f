import { isDeepStrictEqual } from 'node:util';
import { partOf, type ConfigFile } from '../configuration/config-file.ts';
import { isRecord } from '../plugin/expected.ts';
import type { ConfigLayer, ConfigOrigin } from '../services/config-layer.ts';
import { Secrets } from '../services/secrets.ts';
import { Variables } from '../services/variables.ts';
import { configurePlugin, type PluginConfiguration } from './configure-plugin.ts';
import type { HostOptions } from './options.ts';
import { configIn, readHostFile } from './read-config.ts';

/** A plugin's name in the settings, and where it stands. */
export interface NamedSettings {
  readonly plugin: string;
  readonly origin: ConfigOrigin;
  /** As it is written there. */
  readonly logLevel: unknown;
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

  /** The absolute path of the file that was read last. */
  get path(): string | undefined {
    return this.#file?.path;
  }

  /**
   * Reads the file, for the start.
   *
   * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
   */
  async read(): Promise<void> {
    await this.refresh();
    if (!this.#file) return;
    const given = Object.entries(this.given).filter(([, value]) => value !== undefined);
    Object.assign(this.options, configIn(this.#file), Object.fromEntries(given));
  }

  /**
   * Reads the file and the environment anew, for the settings of plugins that are built from now on. What the file says of the
   * host itself stays as it was at the start; and where the file is broken, all does. Gives the plugins of which the file says
   * something else than before.
   *
   * @throws PluginError CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
   */
  async refresh(): Promise<readonly string[]> {
    const { file, ignored = [] } = (await readHostFile(this.given.configFile, this.cwd)) ?? {};
    this.ignored = ignored;
    const changed = changedSettings(this.#file, file);
    this.#file = file;
    this.variables = this.#environment();
    return changed;
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
      ...Object.entries(settingsIn(file)).map(([plugin, values]) => ({
        plugin,
        origin: file?.originOf(['settings', plugin]) ?? fromOptions,
        logLevel: levelIn(values),
      })),
      ...Object.entries(this.given.settings ?? {}).map(([plugin, values]) => ({
        plugin,
        origin: fromOptions,
        logLevel: levelIn(values),
      })),
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

function levelIn(settings: unknown): unknown {
  return isRecord(settings) ? settings['logLevel'] : undefined;
}

function changedSettings(before: ConfigFile | undefined, after: ConfigFile | undefined): readonly string[] {
  const [old, now] = [settingsIn(before), settingsIn(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => !isDeepStrictEqual(old[name], now[name]));
}
