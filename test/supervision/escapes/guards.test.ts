import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { ContainerModule } from 'inversify';
import { Plugin, PluginError, token } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import { folderWith, removeFolders } from '../../host/hosting.ts';
import { closeBenches, EscapeBench } from './escapes.ts';

const calls = {
  exit: 'process.exit(0)',
  abort: 'process.abort()',
  chdir: "process.chdir('/')",
  kill: 'process.kill(process.pid)',
};

/** A plugin in a folder of its own, with this in its class. */
async function pluginWith(members: string, imports = ''): Promise<string> {
  const folder = await folderWith({
    'plugins/rude/index.ts': `import { Plugin } from 'plugboard';
      import { Get, JsonController } from 'routing-controllers'; ${imports}
      @Plugin({ name: 'rude' }) @JsonController('/rude') export class RudePlugin { ${members} }`,
  });
  return join(folder, 'plugins/rude');
}

describe('a call that acts on the whole process, from a plugin', () => {
  afterEach(closeBenches);
  after(removeFolders);

  for (const [name, call] of Object.entries(calls)) {
    it(`is refused, and keeps that plugin alone from running: ${name}`, async () => {
      const bench = await EscapeBench.start({ plugins: [await pluginWith(`onStart() { ${call}; }`)] });
      const [{ state, failure } = {}] = bench.host.plugins;
      deepEqual([state, failure?.code, failure?.phase], ['failed', 'FORBIDDEN_CALL', 'run']);
      match(failure?.message ?? '', new RegExp(`"rude" called process\\.${name}\\(\\)`));
      match(failure?.fix ?? '', name === 'chdir' ? /absolute paths/ : /Throw an error/);
    });
  }

  it('is refused when it is imported by its name', async () => {
    const plugin = await pluginWith('onStart() { exit(0); }', "import { exit } from 'node:process';");
    const { host } = await EscapeBench.start({ plugins: [plugin] });
    equal(host.plugins[0]?.failure?.code, 'FORBIDDEN_CALL');
  });

  it('is refused while its code is loaded', async () => {
    const { host } = await EscapeBench.start({ plugins: [await pluginWith('static { process.exit(0); }')] });
    equal(host.plugins[0]?.state, 'failed');
    match(host.plugins[0]?.failure?.message ?? '', /called process\.exit\(\)/);
  });

  it('answers 500 in an action', async () => {
    const bench = await EscapeBench.start({
      plugins: [await pluginWith("@Get('/') leave() { process.exit(0); }")],
    });
    await bench.request.get('/rude').expect(500);
    equal(bench.host.plugins[0]?.state, 'running');
  });

  it('is an error that escapes in a timer, also where the timer calls it directly', async () => {
    for (const call of ['() => process.exit(0)', 'process.exit']) {
      const bench = await EscapeBench.start({
        plugins: [await pluginWith(`onStart() { setTimeout(${call}, 1); }`)],
      });
      const { plugin, error, fix } = await bench.next();
      deepEqual([plugin, (error as PluginError).code], ['rude', 'FORBIDDEN_CALL']);
      equal(fix, (error as PluginError).fix);
      await closeBenches();
    }
  });

  it('is refused to a class of the app', async () => {
    @Plugin({ name: 'rude-class' })
    @JsonController('/rude-class')
    class RudeClassPlugin {
      @Get('/')
      leave(): void {
        process.exit(0);
      }
    }
    const bench = await EscapeBench.start({ plugins: [RudeClassPlugin] });
    await bench.request.get('/rude-class').expect(500);
  });

  it('is allowed where it asks whether a process is there, or sends to another', async () => {
    const plugin = await pluginWith(
      'onStart() { process.kill(process.pid, 0); try { process.kill(2 ** 22 + 1, "SIGUSR2"); } catch (error) { if (error.code !== "ESRCH") throw error; } }',
    );
    const { host } = await EscapeBench.start({ plugins: [plugin] });
    equal(host.plugins[0]?.state, 'running');
  });
});

describe('a call that acts on the whole process, from the app', () => {
  afterEach(closeBenches);
  after(removeFolders);

  it('works while plugins run', async () => {
    await EscapeBench.start({ plugins: [] });
    const cwd = process.cwd();
    process.chdir('/');
    equal(process.cwd(), '/');
    process.chdir(cwd);
    throws(() => process.chdir('/no/such/folder'), { code: 'ENOENT' });
  });

  it('works in a function of the app that a plugin calls: the app decides', async () => {
    const Stay = token<() => void>('stay');
    const services = new ContainerModule(({ bind }) => {
      bind(Stay).toConstantValue(() => process.chdir(process.cwd()));
    });
    const plugin = await pluginWith(
      "constructor(@inject(token('stay')) private readonly stay: () => void) {} onStart() { this.stay(); }",
      "import { inject } from 'inversify'; import { token } from 'plugboard';",
    );
    const { host } = await EscapeBench.start({ plugins: [plugin], services });
    equal(host.plugins[0]?.state, 'running');
  });
});
