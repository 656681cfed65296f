import { AssetFiles } from './asset-files.ts';
import { createAssetHandler } from './assets.ts';
import { compileAction } from './compile-action.ts';
import { describePlugin, type PluginDescription } from './describe-plugin.ts';
import { compileMiddlewares } from './middleware.ts';
import type { Mount, MountedRoute, RouteService } from './mount.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { createViewRenderer } from './views.ts';

/**
 * Makes the routes of one generation, to be mounted in a `Router`. Its singletons must be there: they are looked up now,
 * once. The description may be given where it was made before.
 *
 * @throws {PluginError} as `describePlugin` does.
 */
export function compilePlugin(
  served: ServedPlugin,
  description: PluginDescription = describePlugin(served),
): Mount {
  const assets = served.assets === undefined ? undefined : new AssetFiles(served.assets);
  const surroundings = {
    served,
    middlewares: compileMiddlewares(served),
    render: createViewRenderer(served, assets),
  };
  const routes: MountedRoute[] = [];
  const { traffic, name: plugin, generation } = served;
  const owner = { plugin, generation };
  for (const { verb, pattern, action, description: described } of description.routes) {
    let service: RouteService | undefined;
    if (described) service = compileAction(described, surroundings);
    else if (assets) service = { handle: createAssetHandler(assets, traffic) };
    // What each request needs comes first, to lie together.
    if (service) routes.push({ service, traffic, owner, verb, pattern, action });
  }
  return { plugin, generation, routes };
}
