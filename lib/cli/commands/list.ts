import type { Command } from 'commander';
import { relative } from 'node:path';
import type { PluginOutline } from 'plugboard';
import { textTable } from '../text-table.ts';

interface ListFlags {
  readonly config?: string;
  readonly json?: boolean;
}

export function addList(program: Command): void {
  program
    .command('list')
    .description(
      'list plugins: version, where they are, what they import and export, and why one could not be started',
    )
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('--json', 'an array of plugins, as host.describe() gives it')
    .addHelpText(
      'after',
      `
The code of plugins is loaded, and nothing of it is constructed or started.
Ends with 1 where a plugin could not be started.

Examples:
  plugboard list
  plugboard list ./plugins --json | jq '.[].name'`,
    )
    .action(async (listed: readonly string[], { config, json = false }: ListFlags) => {
      const { readOutlines, report } = await import('../outlines.ts');
      const plugins = await readOutlines(listed, config);
      await report({ text: listTable(plugins), json: plugins, plugins }, json);
    });
}

function listTable(plugins: readonly PluginOutline[]): string {
  if (plugins.length === 0) return 'No plugins.';
  const head = ['plugin', 'version', 'is', 'routes', 'imports', 'exports', 'from'];
  const rows = plugins.map((plugin) => [
    plugin.name,
    plugin.version,
    standing(plugin),
    String(plugin.routes.length),
    plugin.imports.join('\n'),
    plugin.exports.join('\n'),
    shortPath(plugin.origin),
  ]);
  return textTable(head, rows);
}

function standing({ enabled, critical, failure }: PluginOutline): string {
  if (failure) return failure.code;
  if (!enabled) return 'disabled';
  return critical ? 'ready, critical' : 'ready';
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.length < path.length && !path.startsWith('class ') ? short : path;
}
