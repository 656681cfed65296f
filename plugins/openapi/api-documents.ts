import { injectable } from 'inversify';
import { Plugins, type PluginStatus } from 'plugboard';
import { OpenApiConfig } from './config.ts';
import { createDocument } from './document.ts';
import type { Info, OpenApiDocument } from './document-types.ts';

/**
 * The OpenAPI documents of the plugins that run now. Other plugins may inject it, and an app asks for it by
 * `host.get(ApiDocuments)`. A document is made when it is asked for, and again when another generation runs.
 */
@injectable()
export class ApiDocuments {
  // Plain values only: a class here would keep its generation in memory.
  #known = new Map<string, OpenApiDocument>();
  #knownOf = '';

  constructor(
    private readonly plugins: Plugins,
    private readonly config: OpenApiConfig,
  ) {}

  /** Of all plugins. `mount` is where the app has mounted the host, `/api` say. */
  merged(mount = ''): OpenApiDocument {
    const { title, version, description } = this.config;
    return this.#document('', mount, () => [this.#running, { title, version, description }]);
  }

  /** Of one plugin; undefined where it does not run, or is excluded. */
  of(plugin: string, mount = ''): OpenApiDocument | undefined {
    const status = this.#running.find(({ name }) => name === plugin);
    if (!status) return undefined;
    const { name: title, version, description } = status;
    return this.#document(plugin, mount, () => [
      [status],
      { title, version, description: description || undefined },
    ]);
  }

  get #running(): readonly PluginStatus[] {
    const { exclude } = this.config;
    return this.plugins.statuses.filter(({ name, state }) => state === 'running' && !exclude.includes(name));
  }

  #document(
    name: string,
    mount: string,
    describe: () => readonly [plugins: readonly PluginStatus[], info: Info],
  ): OpenApiDocument {
    this.#forgetOld();
    let document = this.#known.get(name);
    if (!document) {
      const [plugins, info] = describe();
      const { securitySchemes, errorSchema, head } = this.config;
      document = createDocument(
        plugins.map((plugin) => ({ ...plugin, actions: this.plugins.actionsOf(plugin.name) })),
        { info, securitySchemes, errorSchema, head },
      );
      this.#known.set(name, document);
    }
    // Where the app has mounted the host says each request, and there may be any number of places.
    return { ...document, servers: [{ url: mount || '/' }] };
  }

  #forgetOld(): void {
    const running = this.#running
      .map(({ name, generation, startedAt }) => `${name}@${generation}/${startedAt?.getTime()}`)
      .join();
    if (running === this.#knownOf) return;
    this.#knownOf = running;
    this.#known = new Map();
  }
}
