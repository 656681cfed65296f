import type { Response } from 'express';
import { Plugin, Plugins, type PluginStatus } from 'plugboard';
import { Get, Header, JsonController, Res } from 'routing-controllers';
import { HealthConfig } from './config.ts';
import { HealthLink, MenuItems } from './menu-link.ts';

@Plugin({
  name: 'health',
  version: '1.0.0',
  description: 'Tells load balancers and people whether the process lives, is ready, and which plugins run',
  config: HealthConfig,
  contributes: [[MenuItems, HealthLink]],
})
@JsonController('/health')
export class HealthPlugin {
  constructor(
    private readonly plugins: Plugins,
    private readonly config: HealthConfig,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  all() {
    const plugins = this.plugins.statuses.map(describe);
    const isWell = plugins.every(({ state }) => state === 'running' || state === 'disabled');
    return { status: isWell ? 'ok' : 'degraded', uptimeSeconds: Math.floor(process.uptime()), plugins };
  }

  @Get('/live')
  @Header('Cache-Control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  @Get('/ready')
  @Header('Cache-Control', 'no-store')
  ready(@Res() response: Response) {
    const missing = this.#missing();
    if (missing.length === 0) return { status: 'ready' };
    response.status(503);
    return { status: 'not ready', missing };
  }

  #missing(): readonly Missing[] {
    // Who disables a plugin does without it, and so did the start.
    const critical = this.plugins.statuses
      .filter((plugin) => plugin.critical && plugin.state !== 'disabled')
      .map(({ name }) => name);
    return [...new Set([...critical, ...this.config.required])]
      .map((name) => {
        const status = this.plugins.find(name);
        return { name, state: status?.state ?? 'unknown', failure: status?.failure?.code };
      })
      .filter(({ state }) => state !== 'running');
  }
}

/** A plugin without which the process is not ready. */
interface Missing {
  readonly name: string;
  readonly state: string;
  /** The code of what keeps it from running. */
  readonly failure: string | undefined;
}

function describe({ name, version, state, critical, startedAt, failure }: PluginStatus) {
  return {
    name,
    version,
    state,
    critical,
    since: startedAt?.toISOString(),
    // The code only: messages name files and settings, which are not for everyone.
    failure: failure?.code,
  };
}
