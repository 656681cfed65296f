import { duplicateName } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';

/** A plugin's name and where it comes from. */
export interface NamedSource {
  readonly name: string;
  /** For the message: a path, a package, a class. */
  readonly from: string;
}

/** Plugins of one name: the first keeps it, and each later one gets an error that names both. */
export function findDuplicateNames<T extends NamedSource>(
  plugins: readonly T[],
): ReadonlyMap<T, PluginError> {
  const first = new Map<string, T>();
  const faults = new Map<T, PluginError>();
  for (const plugin of plugins) {
    const holder = first.get(plugin.name);
    if (holder) faults.set(plugin, duplicateName(plugin.name, holder.from, plugin.from));
    else first.set(plugin.name, plugin);
  }
  return faults;
}
