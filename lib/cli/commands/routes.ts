import type { Command } from 'commander';
import type { PluginOutline, RouteStatus } from 'plugboard';
import { textTable } from '../text-table.ts';
import { unknownPlugin } from '../unknown-plugin.ts';

interface RoutesFlags {
  readonly config?: string;
  readonly plugin?: string;
  readonly json?: boolean;
}

/** A route, and whose it is. */
type OwnedRoute = RouteStatus & { readonly plugin: string };

export function addRoutes(program: Command): void {
  program
    .command('routes')
    .description('list the routes of plugins: method, path, plugin and action, by path')
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('--plugin <name>', 'of this plugin only')
    .option('--json', 'an array of { method, path, plugin, action }')
    .addHelpText(
      'after',
      `
The code of plugins is loaded, and nothing of it is constructed or started.
Ends with 1 where a plugin could not be started: its routes are not in the list.

Examples:
  plugboard routes
  plugboard routes --plugin greeter
  plugboard routes --json | jq -r '.[] | select(.method == "POST").path'`,
    )
    .action(async (listed: readonly string[], { plugin, config, json = false }: RoutesFlags) => {
      const { readOutlines, report } = await import('../outlines.ts');
      const all = await readOutlines(listed, config);
      const plugins = plugin === undefined ? all : [chosenPlugin(all, plugin)];
      const routes = plugins.flatMap(routesOf).sort(byPath);
      await report({ text: routesTable(routes), json: routes, plugins }, json);
    });
}

function chosenPlugin(plugins: readonly PluginOutline[], name: string): PluginOutline {
  const found = plugins.find((plugin) => plugin.name === name);
  if (!found) throw unknownPlugin(name, plugins);
  return found;
}

function routesOf({ name, routes }: PluginOutline): readonly OwnedRoute[] {
  return routes.map(({ method, path, action }) => ({ method, path, plugin: name, action }));
}

function byPath(one: OwnedRoute, other: OwnedRoute): number {
  return one.path.localeCompare(other.path) || one.method.localeCompare(other.method);
}

function routesTable(routes: readonly OwnedRoute[]): string {
  if (routes.length === 0) return 'No routes.';
  const rows = routes.map(({ method, path, plugin, action }) => [method, path, plugin, action]);
  return textTable(['method', 'path', 'plugin', 'action'], rows);
}
