import type { ImportNeed } from '../container/import-needs.ts';
import type { PluginContainer } from '../container/plugin-container.ts';
import type { LoadedPlugin } from './loading.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import type { EffectiveSettings } from '../plugin/settings.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';

/** One plugin on its way from its source to its routes; each step adds what it found out. */
export interface Entry {
  readonly row: SupervisedPlugin;
  readonly loaded: LoadedPlugin;
  readonly settings: EffectiveSettings;
}

/** After its container was filled. */
export interface BoundEntry extends Entry {
  readonly container: PluginContainer;
  readonly substitutes: ReadonlyMap<ImportNeed, unknown>;
}

/** After it was found out who needs whom and what it serves. */
export interface PlannedEntry extends BoundEntry {
  readonly routes: PluginDescription;
}
