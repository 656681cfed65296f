import { deepEqual, equal, match } from 'node:assert/strict';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, main, plugboard, run } from './command.ts';
import { broken, greeter } from './plugins.ts';

describe('the configuration file on the command line', () => {
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('says which plugins there are, and how they are served', async () => {
    const folder = await folderWith({
      'mine/greeter.ts': greeter,
      'mine/broken.ts': broken,
      'plugboard.config.yaml':
        'plugins: [./mine]\nprefix: /api\nport: 0\nsettings:\n  broken: { enabled: false }\n',
    });

    const server = run(folder, [main, 'start'], { PORT: undefined });
    const [, port = ''] = await server.seen(/http:\/\/localhost:(\d+)\/api\/greet\n/);
    equal((await fetch(`http://localhost:${port}/api/greet`)).status, 200);
    server.process.kill('SIGTERM');
    equal((await server.outcome).code, 0);

    const { code, out } = await plugboard(folder, ['list', '--json']);
    equal(code, 0);
    deepEqual(
      (JSON.parse(out) as { readonly name: string; readonly enabled: boolean }[]).map(
        ({ name, enabled }) => `${name} ${enabled}`,
      ),
      ['broken false', 'greeter true'],
    );
    equal((await plugboard(folder, ['build'])).code, 0);
  });

  it('turns the access log off', async () => {
    const folder = await folderWith({
      'plugins/greeter.ts': greeter,
      'plugboard.config.yaml': 'accessLog: false\n',
    });
    for (const [environment, lines] of [
      [{}, 0],
      [{ PLUGBOARD_HOST_ACCESS_LOG: 'true' }, 1],
    ] as const) {
      const server = run(folder, [main, 'start', '--port', '0', '--json'], environment);
      const [, port = ''] = await server.seen(/"port":(\d+)/);
      await (await fetch(`http://localhost:${port}/greet`)).text();
      server.process.kill('SIGTERM');
      const { code, out } = await server.outcome;
      equal(code, 0);
      equal(out.split('\n').filter((line) => line.includes('"route":"/greet"')).length, lines);
    }
  });

  it('may be another, and its plugins may be listed instead', async () => {
    const folder = await folderWith({
      'mine/greeter.ts': greeter,
      'other.yaml': 'plugins: [./nowhere]\nprefix: /other\n',
    });
    const { code, out } = await plugboard(folder, ['routes', './mine', '--config', 'other.yaml', '--json']);
    equal(code, 0);
    match(out, /"\/other\/greet"/);
  });

  it('that is not there is wrong usage; one that is wrong is a problem', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter, 'wrong.yaml': 'plugin: [./plugins]\n' });
    const missing = await plugboard(folder, ['list', '--config', 'nowhere.yaml']);
    equal(missing.code, 2);
    match(missing.err, /nowhere\.yaml.+\nFix: /);
    const wrong = await plugboard(folder, ['list', '--config', 'wrong.yaml']);
    equal(wrong.code, 1);
    match(wrong.err, /plugin.+\n[^]*Fix: /);
  });
});
