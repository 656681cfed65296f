// Run with --expose-gc: reloads a plugin again and again, reads its document each time, and says which generations are left.
import { setImmediate } from 'node:timers/promises';
import { createHost } from 'plugboard';
import { ApiDocuments, OpenApiPlugin } from 'plugboard/plugins/openapi';
import { registeredClasses } from '#lib/registries/routing-storage.js';

/** Their numbers. */
export type LeftGenerations = readonly number[];

const [folder = '', reloads = '10'] = process.argv.slice(2);
const generations: WeakRef<object>[] = [];
const host = createHost({ plugins: [OpenApiPlugin, folder], authorizationChecker: () => true });
await host.start();
describe();
for (let reload = 1; reload <= Number(reloads); reload += 1) {
  await host.reload('orders');
  describe();
}
for (let round = 0; round < 10; round += 1) {
  await setImmediate();
  globalThis.gc?.();
}
const left: LeftGenerations = generations.flatMap((generation, index) =>
  generation.deref() ? [index + 1] : [],
);
await host.close();
process.stdout.write(JSON.stringify(left));

function describe(): void {
  const documents = host.get(ApiDocuments);
  const paths = Object.keys(documents.merged().paths);
  if (paths.length === 0 || !documents.of('orders')) throw new Error('nothing is described');
  const [pluginClass] = registeredClasses('controllers').slice(-1);
  generations.push(new WeakRef(pluginClass as object));
}
