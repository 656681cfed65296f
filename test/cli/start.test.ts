import { equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, main, plugboard, run } from './command.ts';
import { broken, endless, greeter, patient, talkative, ticking } from './plugins.ts';

describe('plugboard start', () => {
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('is what happens without a command: prints the table, the reasons and the URLs, answers, and ends with 0 on SIGTERM', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter, 'plugins/broken/index.ts': broken });
    const { process: child, outcome, seen } = run(folder, [main]);
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/greet\n/);
    const answer = await fetch(`http://localhost:${port}/greet/ada`);
    equal(await answer.text(), '"hello ada"');
    child.kill('SIGTERM');
    const { code, out, err } = await outcome;
    equal(code, 0, err);
    match(out, /plugin +│ version +│ state +│ time +│ routes/);
    match(out, /greeter +│ 1\.2\.3 +│ running +│ \d+ ms +│ GET \/greet +│/);
    match(out, /GET \/greet\/:name/);
    match(out, /broken +│ 0\.1\.0 +│ failed/);
    match(
      out,
      /✗ broken \(start, START_FAILED\)\n {2}onStart\(\) of BrokenPlugin failed: no database\n {2}Fix: /,
    );
    ok(!out.includes(`localhost:${port}/greet/:name`));
    match(out, /greeter stopped\n/);
    match(out, /greeter GET \/greet\/ada 200 [\d.]+ ms \{"requestId":"[\w-]+"\}\n/);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`lets a request finish that is under way at ${signal}, and ends with 0`, async () => {
      const text = patient.replace('SIGTERM', signal);
      const folder = await folderWith({ 'plugins/patient.ts': text, 'plugins/greeter.ts': greeter });
      const { process: child, outcome, seen } = run(folder, [main, 'start']);
      const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/patient\/slow\n/);
      const answer = fetch(`http://localhost:${port}/patient/slow`);
      await seen(/^asked$/m);
      child.kill(signal);
      equal(await (await answer).text(), '"answered"');
      const { code, err } = await outcome;
      equal(code, 0, err);
    });
  }

  it('takes the signals of one key press for one', async () => {
    const text = patient.replace('SIGTERM', 'SIGINT');
    const folder = await folderWith({ 'plugins/patient.ts': text });
    const { process: child, outcome, seen } = run(folder, [main, 'start']);
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/patient\/slow\n/);
    const answer = fetch(`http://localhost:${port}/patient/slow`);
    await seen(/^asked$/m);
    child.kill('SIGINT');
    child.kill('SIGINT');
    equal(await (await answer).text(), '"answered"');
    equal((await outcome).code, 0);
  });

  it('ends at once when it is told to again', async () => {
    const folder = await folderWith({ 'plugins/endless.ts': endless });
    const { process: child, outcome, seen } = run(folder, [main, 'start']);
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/endless\n/);
    const answer = fetch(`http://localhost:${port}/endless`).catch(() => 'cut off');
    await seen(/^asked$/m);
    const telling = setInterval(() => child.kill('SIGTERM'), 100);
    const { code } = await outcome;
    clearInterval(telling);
    equal(code, 143);
    equal(await answer, 'cut off');
  });

  it('ends where it could not be started, although a package has begun a timer', async () => {
    const folder = await folderWith({
      ...ticking,
      'plugins/broken.ts': `import { timer } from 'ticking';\nexport { timer };${broken}`,
    });
    const { code, err } = await plugboard(folder, ['start']);
    equal(code, 1);
    match(err, /broken is critical and failed/);
  });

  it('shows what plugins log when they are started, from the level of each on', async () => {
    const folder = await folderWith({
      'plugins/talkative.ts': talkative,
      'plugins/silent.ts': talkative.replaceAll('alkative', 'aciturn'),
      'plugboard.config.yaml': 'settings:\n  talkative: { logLevel: debug }\n',
    });
    const { process: child, outcome, seen } = run(folder, [main, 'start'], { LOG_LEVEL: 'error' });
    await seen(/Listening on port/);
    child.kill('SIGTERM');
    const { out } = await outcome;
    match(out, /DEBUG: talkative a detail/);
    match(out, /ERROR: talkative a worry/);
    match(out, /ERROR: taciturn a worry/);
    ok(!out.includes('taciturn a detail'), out);
  });

  it('says what LOG_LEVEL may be, and ends with 2', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { code, err } = await plugboard(folder, [], { LOG_LEVEL: 'verbose' });
    equal(code, 2);
    match(err, /LOG_LEVEL is "verbose", which is not a level\.\nFix: .+trace, debug, info/);
  });

  it('ends with 1 where a critical plugin fails, and tells of all that failed', async () => {
    const critical = broken.replace(`name: 'broken'`, `name: 'broken', critical: true`);
    const folder = await folderWith({ 'plugins/broken.ts': critical, 'plugins/greeter.ts': greeter });
    const { code, err } = await plugboard(folder, ['start']);
    equal(code, 1);
    match(err, /The host did not start: broken is critical and failed\.\n- broken: START_FAILED: /);
    match(err, /Fix: /);

    const json = await plugboard(folder, ['start', '--json']);
    equal(json.code, 1);
    const [line = ''] = json.out.split('\n').filter((text) => text.includes('"failed"'));
    const { event, error } = JSON.parse(line) as {
      readonly event: string;
      readonly error: { readonly code: string; readonly errors: readonly { readonly code: string }[] };
    };
    equal(event, 'failed');
    equal(error.code, 'CRITICAL_PLUGIN_FAILED');
    equal(error.errors.map(({ code: each }) => each).join(), 'START_FAILED');
  });

  it('takes the one plugin of a deployment of its own for critical', async () => {
    const folder = await folderWith({ 'index.ts': broken, 'package.json': '{ "type": "module" }' });
    const alone = await plugboard(folder, ['start', '.']);
    equal(alone.code, 1);
    match(alone.err, /broken is critical and failed/);

    const unreadable = await folderWith({ 'plugins/unreadable.ts': 'export class {' });
    const { code, err } = await plugboard(unreadable, ['start']);
    equal(code, 1);
    match(err, /unreadable is critical and failed/);
  });

  it('serves folders, files and packages that are listed, on the port that is given', async () => {
    const folder = await folderWith({
      'somewhere/greeter.ts': greeter,
      'node_modules/packaged/package.json': '{ "exports": "./index.js", "type": "module" }',
      'node_modules/packaged/index.js': `
        import { Plugin } from 'plugboard';
        export class Packaged {}
        Plugin({ name: 'packaged' })(Packaged);`,
    });
    const {
      process: child,
      outcome,
      seen,
    } = run(
      folder,
      [main, 'start', 'somewhere/greeter.ts', 'packaged', '--port', '0', '--address', '127.0.0.1'],
      { PORT: 'nonsense' },
    );
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/greet\n/);
    equal((await fetch(`http://127.0.0.1:${port}/greet`)).status, 200);
    child.kill('SIGTERM');
    const { code, out } = await outcome;
    equal(code, 0);
    // It is not installed beside this folder, so that it can't find plugboard.
    match(out, /packaged +│ +│ failed/);
  });

  it('writes lines of JSON, if asked to', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter, 'plugins/broken.ts': broken });
    const { process: child, outcome, seen } = run(folder, [main, 'start', '--json']);
    const [line = ''] = await seen(/^\{"event":"listening".+\}$/m);
    const { port, urls, plugins } = JSON.parse(line) as {
      readonly port: number;
      readonly urls: readonly string[];
      readonly plugins: readonly { readonly name: string; readonly state: string }[];
    };
    equal(urls.join(), `http://localhost:${port}/greet`);
    equal(plugins.map(({ name, state }) => `${name} ${state}`).join(), 'broken failed,greeter running');
    child.kill('SIGTERM');
    equal((await outcome).code, 0);
  });

  it('says which port is taken, and ends with 1', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { code, err } = await plugboard(folder, [], { PORT: String(port) });
    other.close();
    equal(code, 1);
    match(err, new RegExp(`Port ${port} is in use by another process\\.\nFix: `));
    ok(!err.includes('    at '), err);
  });

  it('says that there is no folder of plugins, and ends with 2', async () => {
    const { code, err } = await plugboard(await folderWith({}), []);
    equal(code, 2);
    match(err, /There is no folder .*plugins\.\nFix: npx plugboard new plugin hello/);
  });

  it('says what a port is, and ends with 2', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { code, err } = await plugboard(folder, [], { PORT: 'http' });
    equal(code, 2);
    match(err, /PORT is "http"/);
    match((await plugboard(folder, ['--port', '70000'])).err, /--port is "70000", which is not a port/);
  });

  it('shows the address that it listens on', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { process: child, outcome, seen } = run(folder, [main, '--address', '127.0.0.1', '--port', '0']);
    await seen(/http:\/\/localhost:\d+\/greet\n/);
    child.kill('SIGTERM');
    equal((await outcome).code, 0);
  });
});
