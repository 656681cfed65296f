import { createHost, type Host, type LogTarget } from 'plugboard';
import { ShopPlugin } from './shop.ts';

export function makeHost(log: LogTarget): Host {
  // #region host
  const host = createHost({
    plugins: [ShopPlugin, 'plugboard/plugins/metrics', 'plugboard/plugins/health'],
    log, // a pino of the app's, say
    accessLog: { ignore: ['health', 'metrics'] }, // true: all of them
    settings: { shop: { logLevel: 'debug' } },
  });
  // #endregion
  return host;
}

export function listen(host: Host, slow: string[]): () => void {
  // #region listen
  const stop = host.monitor.onRequest(({ plugin, method, route, status, ms }) => {
    if (ms > 1_000) slow.push(`${plugin}: ${method} ${route} ${status} took ${ms} ms`);
  });
  host.setLogLevel('shop', 'silent'); // and undefined: what the settings say
  // #endregion
  return stop;
}
