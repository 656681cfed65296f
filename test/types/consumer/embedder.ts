import express from 'express';
import { ContainerModule, inject } from 'inversify';
import {
  createHost,
  createServer,
  defineConfig,
  HostStartError,
  PluginError,
  routingControllersErrorBody,
  token,
  type CreateServerOptions,
  type Host,
  type HostOptions,
  type LogTarget,
  type PluginSettings,
  type PluginState,
  type PluginStatus,
} from 'plugboard';
import { GreeterPlugin } from './plugin-author.js';

interface Clock {
  now(): string;
}
const clock = token<Clock>('clock');

abstract class Catalogue {
  abstract titles(): readonly string[];
}
class Books extends Catalogue {
  constructor(@inject(clock) private readonly time: Clock) {
    super();
  }

  titles(): readonly string[] {
    return [this.time.now()];
  }
}

declare const log: LogTarget;
const settings: Record<string, PluginSettings> = {
  greeter: { prefix: '/hello', critical: true, config: { greeting: 'Hi' }, timeouts: { startMs: 500 } },
};
const options: HostOptions = {
  plugins: ['./plugins', GreeterPlugin],
  services: [Books, [Catalogue, Books]],
  currentUserChecker: ({ request }) => request.user,
  errorBody: routingControllersErrorBody,
  cors: true,
  limits: { bodyBytes: 1_000 },
  settings,
  log,
};

export async function embed(): Promise<readonly string[]> {
  const host: Host = createHost(options);
  const other = createHost({
    plugins: [],
    services: new ContainerModule(({ bind }) => {
      bind(clock).toConstantValue({ now: () => 'noon' });
    }),
  });
  const app = express();
  app.use('/api', host.handler);
  try {
    await host.start();
  } catch (error) {
    if (error instanceof HostStartError) return [error.code, error.message];
    if (error instanceof PluginError) return [error.code];
    throw error;
  }
  const server = await other.listen(0);
  server.close();
  const application: express.Application = express();
  const serverOptions: CreateServerOptions = { requestTimeout: 5_000, keepAliveTimeout: 1_000 };
  createServer(application, serverOptions).listen(0).close();
  createServer(app, { https: { key: '', cert: '' } }).setSecureContext({});
  // @ts-expect-error without https it is none
  createServer(app).setSecureContext({});
  // @ts-expect-error a router is no app
  createServer(express.Router());
  // @ts-expect-error nor is a handler
  createServer(host.handler);
  const states: PluginState[] = host.plugins.map((status: PluginStatus) => status.state);
  const titles = host.get(Catalogue).titles();
  const time = other.get(clock).now();
  // @ts-expect-error a token remembers what is bound to it
  other.get(clock).tomorrow();
  // @ts-expect-error plugins are named or passed in
  createHost({ plugins: [42] });
  createHost({ configFile: './plugboard.config.yaml', environment: { PLUGBOARD_SHOP_TAX: '7' } });
  // @ts-expect-error a configuration holds no functions of the host
  defineConfig({ middlewares: [] });
  createHost(defineConfig({ plugins: ['./plugins'], settings: { shop: { config: { tax: 7 } } }, port: 0 }));
  await host.close();
  return [...states, ...titles, time];
}
