import { equal, match } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, main, plugboard, run } from './command.ts';
import { greeter } from './plugins.ts';

describe('plugboard dev', () => {
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('serves what is saved, keeps what runs where that fails, and shows the fix', async () => {
    const folder = await folderWith({ 'plugins/greeter/index.ts': greeter });
    const file = join(folder, 'plugins/greeter/index.ts');
    const { process: child, outcome, seen } = run(folder, [main, 'dev']);
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/greet\n/);
    const get = async (path = '/greet'): Promise<string> =>
      (await fetch(`http://localhost:${port}${path}`)).text();
    equal(await get(), '"hello"');

    await writeFile(file, greeter.replace(`'hello'`, `'good day'`));
    await seen(/greeter serves as generation 2, \d+ ms after greeter\/index\.ts changed\./);
    equal(await get(), '"good day"');

    await writeFile(file, `${greeter}\nexport class {`);
    await seen(/✗ greeter \(load, SYNTAX_ERROR\)\n {2}.+\n {2}Fix: Correct the text at greeter\/index\.ts:/);
    equal(await get(), '"good day"');

    // As a new plugin comes: from the command line.
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    equal((await plugboard(folder, ['new', 'plugin', 'later'])).code, 0);
    await seen(/✓ later runs: GET \/later, GET \/later\/:name/);
    equal(await get('/later/ada'), '{"greeting":"Hello ada"}');

    child.kill('SIGINT');
    const { code, out } = await outcome;
    equal(code, 0);
    equal(out.includes('\x1b'), false);
  });

  it('shows the messages of errors to the client', async () => {
    const text = greeter.replace(`return 'hello';`, `throw new Error('as written');`);
    const folder = await folderWith({});
    await mkdir(join(folder, 'plugins'));
    await writeFile(join(folder, 'plugins/greeter.ts'), text);
    const { seen } = run(folder, [main, 'dev']);
    const [, port = ''] = await seen(/http:\/\/localhost:(\d+)\/greet\n/);
    match(await (await fetch(`http://localhost:${port}/greet`)).text(), /as written/);
  });
});
