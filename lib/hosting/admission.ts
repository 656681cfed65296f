import type { Candidate, LoadedPlugin } from '../discovery/load-plugins.ts';
import { duplicatePlugin } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { effectiveSettings, type PluginSettings } from '../plugin/settings.ts';
import { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { Entry } from './entry.ts';

export interface Admission {
  /** Every row of the host's table, in the order of discovery. */
  readonly rows: readonly SupervisedPlugin[];
  /** Those that may go on. */
  readonly entries: readonly Entry[];
}

export interface HouseRules {
  readonly prefix: string | undefined;
  readonly settings: Readonly<Record<string, PluginSettings>>;
}

/** Gives each candidate its row: broken ones fail at once, and of two with one name the later. */
export function admit(candidates: readonly Candidate[], rules: HouseRules): Admission {
  const rows: SupervisedPlugin[] = [];
  const entries: Entry[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === 'broken') {
      rows.push(brokenRow(candidate.label, candidate.error));
      continue;
    }
    const entry = toEntry(candidate.plugin, rules);
    const { row, loaded, settings } = entry;
    const first = entries.find((other) => other.row.name === row.name);
    rows.push(row);
    if (first) row.fail(duplicatePlugin(row.name, first.loaded.origin, loaded.origin));
    else if (settings.enabled) entries.push(entry);
    else row.on('disable');
  }
  return { rows, entries };
}

function toEntry(loaded: LoadedPlugin, { prefix, settings }: HouseRules): Entry {
  const effective = effectiveSettings(loaded.options, settings[loaded.identity.name], prefix);
  const row = new SupervisedPlugin(loaded.identity);
  row.critical = effective.critical;
  row.warnings = loaded.warnings;
  return { row, loaded, settings: effective };
}

function brokenRow(label: string, error: PluginError): SupervisedPlugin {
  const row = new SupervisedPlugin({ name: label, version: '', description: '' });
  row.fail(error);
  return row;
}
