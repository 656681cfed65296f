// Run with --expose-gc: reloads a plugin again and again under one host, and says what is left of its generations.
import { setImmediate } from 'node:timers/promises';
import { createHost } from 'plugboard';
import { registeredClasses } from '#lib/registries/routing-storage.js';
import { registrySizes, type RegistrySizes } from '../support/registry-sizes.ts';
import { ask } from '../discovery/unloading-asking.ts';
import { requestsTo } from '../discovery/unloading-requests.ts';

export interface ReloadReport {
  /** The generations that are left while the last one runs. */
  readonly left: readonly number[];
  readonly sizesAtFirst: RegistrySizes;
  readonly sizesAtLast: RegistrySizes;
  readonly sizesClosed: RegistrySizes;
}

const [folder = '', reloads = '40'] = process.argv.slice(2);
const generations: (readonly WeakRef<object>[])[] = [];
const host = createHost({ plugins: [folder], authorizationChecker: () => true });
const server = await host.listen(0);
await serve();
const sizesAtFirst = registrySizes();
for (let reload = 1; reload <= Number(reloads); reload += 1) {
  const { state, failure } = await host.reload('orders');
  if (state !== 'running' || failure) throw new Error(failure?.message ?? state);
  await serve();
}
for (let round = 0; round < 10; round += 1) {
  await setImmediate();
  globalThis.gc?.();
}
const left = generations.flatMap((refs, index) => (refs.some((ref) => ref.deref()) ? [index + 1] : []));
const sizesAtLast = registrySizes();
await host.close();
const report: ReloadReport = { left, sizesAtFirst, sizesAtLast, sizesClosed: registrySizes() };
process.stdout.write(JSON.stringify(report));

async function serve(): Promise<void> {
  for (const asked of requestsTo('orders')) await ask(server, asked);
  const [pluginClass] = registeredClasses('controllers').slice(-1);
  if (!pluginClass) throw new Error('nothing is registered');
  const instance = host.get(pluginClass, { plugin: 'orders' }) as object;
  generations.push([new WeakRef(pluginClass), new WeakRef(instance)]);
}
