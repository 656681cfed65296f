import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import vm, { runInNewContext } from 'node:vm';
import { withinLimit } from '#lib/container/time-limit.js';
import { loadSource } from '#lib/discovery/load-source.js';
import { findSources } from '#lib/discovery/find-sources.js';
import { app, folderWith, removeFolders } from '../../discovery/temporary-folder.ts';
import { Watched } from './owner.ts';

const nothing = (): void => undefined;

/** Text that V8 knows by this name, as that of a generation. */
function evaluated(file: string, text: string): (...args: unknown[]) => unknown {
  return vm.compileFunction(`return ${text};`, [], { filename: file })() as (...args: unknown[]) => unknown;
}

describe('what belongs to whom', () => {
  after(removeFolders);

  it('is told by the context: what others start is never touched', async () => {
    using watched = new Watched();
    const others = [setInterval(nothing, 60_000), watched.run(() => setInterval(nothing, 60_000), {})];
    const server = net.createServer().listen(0);
    await once(server, 'listening');
    deepEqual(await watched.settle(), []);
    ok(others.every((timer) => !(timer as unknown as { _destroyed: boolean })._destroyed));
    equal(server.listening, true);
    server.close();
    others.forEach(clearInterval);
  });

  it("is told by the innermost line: what a host's service opens in a plugin's call is the service's", async () => {
    const file = 'plugboard:p@1';
    using watched = new Watched({ fileOf: () => file });
    const service = { lazy: () => setInterval(nothing, 60_000) };
    const plugin = evaluated(file, '(service) => service.lazy()');
    const timer = watched.run(() => plugin(service)) as NodeJS.Timeout;
    deepEqual(await watched.settle(), []);
    clearInterval(timer);
  });

  it('is told by the innermost line: what another plugin opens is that plugin’s', async () => {
    using watched = new Watched({});
    const neighbour = evaluated('plugboard:q@1', '() => setInterval(() => {}, 60_000)');
    const timer = watched.run(() => neighbour()) as NodeJS.Timeout;
    deepEqual(await watched.settle(), []);
    clearInterval(timer);
  });

  it('is the plugin’s where a library has opened it on its behalf', async () => {
    const file = 'plugboard:p@1';
    using watched = new Watched({ fileOf: () => file });
    const library = evaluated('/app/node_modules/cron/index.js', '() => setInterval(() => {}, 60_000)');
    const plugin = evaluated(file, '(library) => library()');
    watched.run(() => plugin(library));
    const [left] = await watched.settle();
    match(left?.startedAt ?? '', /^plugboard:p@1:1:\d+$/);
    equal(left?.closed, true);
  });

  it('is not the plugin’s where Plugboard itself has started it', async () => {
    using watched = new Watched();
    let done: (() => void) | undefined;
    const limited = watched.run(async () =>
      withinLimit(
        60_000,
        () => new Error('late'),
        async () => new Promise<void>((resolve) => (done = resolve)),
      ),
    );
    deepEqual(await watched.settle(), []);
    done?.();
    await limited;
  });

  it("is named by the author's line, where a plugin was bundled from TypeScript", async () => {
    const folder = await folderWith({
      'chimes/index.ts': [
        `import { Plugin } from 'plugboard';`,
        `interface Nothing {}`,
        `@Plugin({ name: 'chimes' }) export class Chimes {}`,
        `export function go(_: Nothing): void {`,
        `  setInterval(() => {}, 60_000);`,
        `}`,
      ].join('\n'),
    });
    const [source] = await findSources([folder], { cwd: app });
    if (!source) throw new Error('no source');
    const loaded = await loadSource(source, { generation: 1, roots: [], cwd: app });
    const { go } = loaded.exports as { go: () => void };
    using watched = new Watched({ fileOf: () => 'plugboard:chimes@1' });
    watched.run(go);
    const [left] = await watched.settle();
    match(left?.startedAt ?? '', /chimes.index\.ts:5:3$/);
    loaded.dispose();
  });

  it('keeps no owner from being collected, whatever it has left', async () => {
    using watched = new Watched();
    const owner = new WeakRef(leaveMuch(watched));
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; owner.deref() && round < 50; round += 1) {
      // A WeakRef that was read keeps its object until the turn is over.
      // oxlint-disable-next-line no-await-in-loop -- one turn after another
      await new Promise((resolve) => setImmediate(resolve));
      collect();
    }
    equal(owner.deref(), undefined);
  });
});

/** All of it goes by itself once nobody holds it. */
function leaveMuch(watched: Watched): object {
  const owner = {};
  watched.run(() => {
    clearInterval(setInterval(() => owner, 60_000));
    net.createServer().listen(0).close();
    process.once('SIGUSR2', () => owner).removeAllListeners('SIGUSR2');
  }, owner);
  return owner;
}
