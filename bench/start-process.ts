// One start of one host, in a process of its own: `start-process.ts <classes> <folders>`, started by start.ts.
import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Get, JsonController } from 'routing-controllers';
import { createHost, Plugin, type Class } from './plugboard.ts';

export interface Asked {
  readonly classes: number;
  readonly folders: number;
}

export interface Started {
  readonly ms: number;
  /** Megabytes that it added, after a collection. */
  readonly heap: number;
  readonly rss: number;
}

const [classes = 0, folders = 0] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await start({ classes, folders })));

async function start({ classes, folders }: Asked): Promise<Started> {
  const root = mkdtempSync(join(tmpdir(), 'plugboard-bench-'));
  try {
    for (let index = 0; index < folders; index += 1) makeFolder(root, index);
    const made = Array.from({ length: classes }, (_, index) => makeClass(index));
    return await measure(folders > 0 ? [root] : made, classes + folders);
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function measure(plugins: readonly (string | Class)[], expected: number): Promise<Started> {
  const none = (): void => undefined;
  const log = { trace: none, debug: none, info: none, warn: none, error: none };
  const before = memory();
  const begin = performance.now();
  await using host = createHost({ plugins, log });
  await host.start();
  const ms = performance.now() - begin;
  const after = memory();
  const running = host.plugins.filter(({ state }) => state === 'running').length;
  if (running !== expected) throw new Error(`${running} of ${expected} plugins run.`);
  const added = (key: 'heapUsed' | 'rss'): number => (after[key] - before[key]) / 2 ** 20;
  return { ms, heap: added('heapUsed'), rss: added('rss') };
}

function memory(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}

function makeClass(index: number): Class {
  @Plugin({ name: `plugin-${index}`, version: '1.0.0' })
  @JsonController(`/p${index}`)
  class OneRoute {
    @Get('/')
    answer(): object {
      return { index };
    }
  }
  return OneRoute;
}

function makeFolder(root: string, index: number): void {
  const folder = join(root, `plugin-${index}`);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'index.ts'),
    `import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

@Plugin({ name: 'plugin-${index}', version: '1.0.0' })
@JsonController('/p${index}')
export class OneRoute {
  @Get('/')
  answer(): object {
    return { index: ${index} };
  }
}
`,
  );
}
