import type { PluginOutline } from 'plugboard';
import { UsageError } from './usage-error.ts';

/** There is no plugin of this name. */
export function unknownPlugin(name: string, plugins: readonly PluginOutline[]): UsageError {
  const names = plugins.map((plugin) => plugin.name).sort();
  const there = names.length > 0 ? `There are: ${names.join(', ')}.` : 'There are no plugins.';
  return new UsageError(`There is no plugin "${name}".`, there);
}
