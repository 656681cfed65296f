import type { ImportNeed } from '../container/import-needs.ts';
import type { PluginContainer } from '../container/plugin-container.ts';
import type { PluginConfiguration } from './configure-plugin.ts';
import type { LoadedPlugin } from './loading.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import type { Mount } from '../http/mount.ts';
import type { ConfigValue } from '../plugin/status.ts';
import type { EffectiveSettings } from '../plugin/settings.ts';
import type { Generation } from '../supervision/generation.ts';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import type { Description, SupervisedPlugin } from '../supervision/supervised-plugin.ts';

/** One plugin on its way from its source to its routes; each step adds what it found out. */
export interface Entry {
  readonly row: SupervisedPlugin;
  readonly loaded: LoadedPlugin;
  readonly settings: EffectiveSettings;
  /** What its config class is filled with, or why it must not run. */
  readonly configuration: Pick<PluginConfiguration, 'config' | 'fault'>;
}

/** After its container was filled. */
export interface BoundEntry extends Entry {
  /** What its config class was filled with, if it has one. */
  readonly config: readonly ConfigValue[] | undefined;
  readonly container: PluginContainer;
  readonly substitutes: ReadonlyMap<ImportNeed, unknown>;
}

/** After it was found out who needs whom and what it serves. */
export interface PlannedEntry extends BoundEntry {
  readonly routes: PluginDescription;
}

/** A generation that has started. */
export interface LiveEntry extends PlannedEntry {
  readonly generation: Generation;
  /** What it stands on: each running plugin that it needs, with the generation that it was built with. */
  readonly foundations: ReadonlyMap<string, Generation>;
  readonly mount: Mount;
  readonly startedAt: Date;
  /** From the first constructor to the end of the last `onStart`, in ms. */
  readonly startMs: number;
}

/** By what an entry decorates `token`, if it does. */
export function wrapperOf({ loaded }: Entry, token: Token): Class | undefined {
  return loaded.options.decorates?.find(([decorated]) => decorated === token)?.[1];
}

/** What its row is to show of an entry. */
export function describeEntry({ loaded, settings, ...entry }: Entry | BoundEntry): Partial<Description> {
  const { identity, warnings, options } = loaded;
  const needs = 'container' in entry ? entry.container.needs : undefined;
  return {
    identity,
    warnings,
    critical: settings.critical,
    exports: (options.exports ?? []).map(tokenName),
    ...('config' in entry && { config: entry.config }),
    ...(needs && { imports: [...new Set(needs.map(({ token }) => tokenName(token)))] }),
  };
}
