import { fileURLToPath } from 'node:url';
import { createHost, HostStartError } from 'plugboard';
import { Clock, SystemClock } from '../quick-start/clock.ts';

// #region settings
const host = createHost({
  plugins: [fileURLToPath(new URL('../writing/plugins', import.meta.url)), '@example/not-installed'],
  services: [[Clock, SystemClock]],
  prefix: '/v1',
  limits: { bodyBytes: 1_000_000, requestTimeoutMs: 60_000 },
  settings: {
    ping: { enabled: false },
    quotes: { prefix: '/wisdom', timeouts: { requestMs: 5_000 } },
    ticker: { critical: true, config: { every: 500 }, supervise: { intensity: 5, concurrency: 100 } },
  },
});
// #endregion

export async function serve(): Promise<readonly string[]> {
  // #region listen
  try {
    const server = await host.listen(0, '127.0.0.1'); // 0: any free port
    console.log('listening on', server.address());
  } catch (error) {
    // Only a plugin with `critical: true` gets us here, or a port that is in use.
    if (error instanceof HostStartError) console.error(error.message);
    await host.close();
    throw error;
  }
  // #endregion
  // #region status
  for (const { name, version, state, routes, failure } of host.plugins) {
    console.log(name, version, state, routes.map(({ method, path }) => `${method} ${path}`).join(', '));
    if (failure) console.log(`  ${failure.code}: ${failure.message}\n  Fix: ${failure.fix}`);
  }
  // #endregion
  const lines = host.plugins.map(({ name, state, failure }) => `${name} ${failure?.code ?? state}`);
  await host.close();
  return lines;
}

// #region signals
function closeOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void host.close().then(() => process.exit(0)));
  }
}
// #endregion

export { closeOnSignals };
