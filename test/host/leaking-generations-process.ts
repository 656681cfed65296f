// Run with --expose-gc: reloads plugins whose classes are held by the process, and says which leaks were told of.
import { setImmediate } from 'node:timers/promises';
import { createHost, type PluginLeak } from 'plugboard';

/** What was told of, of all that was reloaded. */
export type LeakReport = readonly PluginLeak[];

const folders = process.argv.slice(2);
const leaks: PluginLeak[] = [];
const host = createHost({ plugins: folders });
host.on('plugin:leak', (leak) => leaks.push(leak));
await host.start();
for (const { name } of host.plugins) await host.reload(name);
for (let round = 0; round < 10; round += 1) {
  globalThis.gc?.();
  await setImmediate();
}
await host.close();
process.stdout.write(JSON.stringify(leaks));
