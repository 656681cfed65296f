// How long it takes from the save of a plugin's file to the first answer of its new code:
//
//   npm run build && node --import plugboard/register bench/reload.ts [saves, default 100]
//
// Once with `watch: true`, and once with host.reload() right after the save.
import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost, type Host } from './plugboard.ts';
import { markdownTable } from './table.ts';

const saves = Number(process.argv[2] ?? 100);
const silent = (): undefined => undefined;
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: console.error };

const lines = [
  await measure('watch: true', true, async (host) => {
    const events = new EventTarget();
    const stop = host.on('plugin:running', () => events.dispatchEvent(new Event('running')));
    await once(events, 'running');
    stop();
  }),
  await measure('host.reload()', false, async (host) => {
    await host.reload('greeter');
  }),
];
console.log(`Node ${process.version}, ${saves} saves each\n`);
console.log(markdownTable(['', 'p50, ms', 'p99, ms', 'longest, ms'], lines));

/** `serves` resolves when what has just been saved serves. */
async function measure(
  title: string,
  watch: boolean,
  serves: (host: Host) => Promise<void>,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-reload-'));
  const file = join(folder, 'plugins/greeter/index.ts');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, greeter(0));
  const host = createHost({ plugins: [join(folder, 'plugins')], watch, log });
  const server = await host.listen(0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/greet`;
  const times: number[] = [];
  for (let save = 1; save <= saves; save += 1) {
    const begin = performance.now();
    writeFileSync(file, greeter(save));
    await serves(host);
    const answer = await (await fetch(url)).text();
    times.push(performance.now() - begin);
    if (answer !== JSON.stringify(`hello ${save}`)) throw new Error(`answered ${answer} after save ${save}`);
  }
  await host.close();
  rmSync(folder, { recursive: true });
  times.sort((one, other) => one - other);
  const at = (share: number): string => times[Math.ceil(times.length * share) - 1]?.toFixed(1) ?? '';
  return [title, at(0.5), at(0.99), at(1)];
}

function greeter(save: number): string {
  return `
    import { Plugin } from 'plugboard';
    import { Get, JsonController } from 'routing-controllers';

    @Plugin({ name: 'greeter' })
    @JsonController('/greet')
    export class Greeter {
      @Get()
      greet(): string {
        return 'hello ${save}';
      }
    }`;
}
