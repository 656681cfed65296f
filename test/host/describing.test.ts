import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Plugin, type PluginError } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import { closeHosts, folderWith, quietHost, removeFolders, statusOf } from './hosting.ts';

abstract class Clock {}
class SystemClock extends Clock {}

let constructed = 0;

@Plugin({ name: 'counted', services: [[Clock, SystemClock]], exports: [Clock] })
@JsonController('/counted')
class Counted {
  constructor() {
    constructed += 1;
  }

  @Get() count() {
    return constructed;
  }
}

@Plugin({ name: 'asking' })
class Asking {
  constructor(readonly clock: Clock) {}
}

describe('host.describe()', () => {
  beforeEach(() => {
    constructed = 0;
  });
  afterEach(async () => {
    await closeHosts();
    await removeFolders();
  });

  it('tells routes, who needs whom, and what is missing, and constructs nothing', async () => {
    const found = await quietHost({ plugins: [Asking, Counted] }).describe();
    equal(constructed, 0);
    deepEqual(
      found.map(({ name, routes, exports, dependencies, failure }) => ({
        name,
        routes,
        exports,
        dependencies,
        failure: failure?.code,
      })),
      [
        {
          name: 'asking',
          routes: [],
          exports: [],
          dependencies: [{ on: 'counted', via: 'Clock', optional: false }],
          failure: undefined,
        },
        {
          name: 'counted',
          routes: [{ method: 'GET', path: '/counted', action: 'Counted.count' }],
          exports: ['Clock'],
          dependencies: [],
          failure: undefined,
        },
      ],
    );
    const [alone] = await quietHost({ plugins: [Asking] }).describe();
    equal(alone?.failure?.code, 'MISSING_IMPORT');
  });

  it('tells of what is disabled, broken, or has a name that is taken', async () => {
    const folder = await folderWith({ 'broken.ts': 'export class {' });
    @Plugin({ name: 'counted' })
    class Second {}
    const found = await quietHost({
      plugins: [Counted, Second, Asking, folder],
      settings: { asking: { enabled: false } },
    }).describe();
    deepEqual(
      found.map(({ name, enabled, failure }) => [name, enabled, failure?.code]),
      [
        ['counted', true, undefined],
        ['counted', true, 'DUPLICATE_NAME'],
        ['asking', false, undefined],
        ['broken', true, 'SYNTAX_ERROR'],
      ],
    );
  });

  it('leaves alone what runs', async () => {
    const host = quietHost({ plugins: [Counted] });
    await host.start();
    equal(constructed, 1);
    equal((await host.describe()).length, 1);
    equal(constructed, 1);
    const { state, generation } = statusOf(host, 'counted');
    deepEqual({ state, generation }, { state: 'running', generation: 1 });
  });
});

describe('host.build()', () => {
  const text = `
    import { Plugin, type PluginError } from 'plugboard';
    @Plugin({ name: 'built' }) export class Built {}`;

  afterEach(async () => {
    await closeHosts();
    await removeFolders();
  });

  it('is asked first by a host with the option build, for each load anew', async () => {
    const folder = await folderWith({ 'plugins/built.ts': text });
    const plugins = [join(folder, 'plugins')];
    const build = join(folder, 'build');
    const { isWritten, plugins: results } = await quietHost({ plugins }).build(build);
    equal(isWritten, true);
    deepEqual(
      results.map(({ label, entry, warnings }) => ({ label, entry, warnings })),
      [{ label: 'built', entry: join(folder, 'plugins/built.ts'), warnings: [] }],
    );

    const host = quietHost({ plugins, build });
    await host.start();
    deepEqual(statusOf(host, 'built').warnings, []);
    equal((await host.reload('built')).generation, 2);
    deepEqual(statusOf(host, 'built').warnings, []);
    await writeFile(join(folder, 'plugins/built.ts'), `${text}\n// changed`);
    const { warnings } = await host.reload('built');
    match(
      warnings.join(),
      /^It was bundled anew, .+plugins\/built\.ts has changed since\. Run plugboard build\.$/,
    );
  });

  it('says that there is no build where it should be', async () => {
    const folder = await folderWith({ 'plugins/built.ts': text });
    const host = quietHost({ plugins: [join(folder, 'plugins')], build: join(folder, 'nowhere') });
    await host.start();
    match(statusOf(host, 'built').warnings.join(), /there is no build in .+nowhere\. Run plugboard build\./);
  });

  it('replaces no folder that has something else in it', async () => {
    const folder = await folderWith({ 'letter.txt': 'dear' });
    await rejects(quietHost({ plugins: [Counted] }).build(folder), { code: 'NOT_A_BUILD_FOLDER' });
  });

  it('says where it could not be written', async () => {
    const folder = join(await folderWith({ 'letter.txt': 'dear' }), 'letter.txt', 'build');
    await rejects(quietHost({ plugins: [Counted] }).build(folder), (error: PluginError) => {
      equal(error.code, 'BUILD_NOT_WRITTEN');
      match(error.message, /letter\.txt/);
      match(error.fix, /--out/);
      return true;
    });
  });
});

describe('a host with the option standalone', () => {
  @Plugin({ name: 'failing' })
  class Failing {
    onStart(): void {
      throw new Error('no database');
    }
  }

  afterEach(closeHosts);

  it('takes one plugin alone for critical', async () => {
    await rejects(quietHost({ plugins: [Failing], standalone: true }).start(), {
      code: 'CRITICAL_PLUGIN_FAILED',
    });
  });

  it('does not where there are others, or the plugin is said not to be', async () => {
    await quietHost({ plugins: [Failing, Counted], standalone: true }).start();
    const settings = { failing: { critical: false } };
    await quietHost({ plugins: [Failing], standalone: true, settings }).start();
  });
});
