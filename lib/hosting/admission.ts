import type { Candidate, LoadedPlugin } from './loading.ts';
import { duplicateName } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { effectiveSettings, type PluginSettings } from '../plugin/settings.ts';
import type { Token } from '../plugin/tokens.ts';
import { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { Entry } from './entry.ts';

export interface Admission {
  /** Every row of the host's table, in the order of discovery. */
  readonly rows: readonly SupervisedPlugin[];
  /** Those that may go on. */
  readonly entries: readonly Entry[];
  /** Those that can't, and that others may need. */
  readonly absent: readonly Absent[];
}

/** A plugin that is known and can't take part: it is disabled, or broken. */
export interface Absent {
  readonly name: string;
  /** As far as they are known: nobody can tell what a class would export that can't be loaded. */
  readonly exports: readonly Token[];
  /** Where it could not even be loaded. */
  readonly error: PluginError | undefined;
}

export interface HouseRules {
  readonly prefix: string | undefined;
  readonly settings: Readonly<Record<string, PluginSettings>>;
}

/** Gives each candidate its row: broken ones fail at once, and of two with one name the later. */
export function admit(candidates: readonly Candidate[], rules: HouseRules): Admission {
  const rows: SupervisedPlugin[] = [];
  const entries: Entry[] = [];
  const absent: Absent[] = [];
  const byName = new Map<string, Entry>();
  for (const candidate of candidates) {
    if (candidate.kind === 'broken') {
      rows.push(brokenRow(candidate.label, candidate.error, rules.settings[candidate.label]));
      absent.push({ name: candidate.label, exports: [], error: candidate.error });
      continue;
    }
    const entry = toEntry(candidate.plugin, rules);
    const { row, loaded, settings } = entry;
    const first = byName.get(row.name);
    rows.push(row);
    if (first) row.fail(duplicateName(row.name, first.loaded.origin, loaded.origin));
    else if (settings.enabled) {
      entries.push(entry);
      byName.set(row.name, entry);
    } else {
      row.on('disable');
      absent.push({ name: row.name, exports: loaded.options.exports ?? [], error: undefined });
    }
  }
  return { rows, entries, absent };
}

function toEntry(loaded: LoadedPlugin, { prefix, settings }: HouseRules): Entry {
  const effective = effectiveSettings(loaded.options, settings[loaded.identity.name], prefix);
  const row = new SupervisedPlugin(loaded.identity);
  row.critical = effective.critical;
  row.warnings = loaded.warnings;
  return { row, loaded, settings: effective };
}

// Its own name is not known: the settings find it where its folder is called as it is.
function brokenRow(label: string, error: PluginError, settings: PluginSettings = {}): SupervisedPlugin {
  const row = new SupervisedPlugin({ name: label, version: '', description: '' });
  row.critical = settings.critical ?? false;
  if (settings.enabled === false) row.on('disable');
  else row.fail(error);
  return row;
}
