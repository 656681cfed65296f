import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, main, plugboard, run } from './command.ts';
import { broken, greeter, needy, shop, ticking } from './plugins.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

describe('plugboard list, routes and graph', () => {
  let folder: string;

  before(async () => {
    folder = await folderWith({ ...shop, 'plugins/greeter.ts': greeter });
  });
  afterEach(endAll);
  after(removeFolders);

  it('list has each plugin with its version, its imports and exports, and its file', async () => {
    const { code, out, err } = await plugboard(folder, ['list']);
    equal(code, 0, err);
    match(out, /prices +│ 2\.0\.0 +│ ready +│ 0 +│ +│ PriceList +│ plugins\/prices\/index\.ts/);
    match(out, /shop +│ 1\.0\.0 +│ ready +│ 4 +│ PriceList +│ +│ plugins\/shop\.ts/);
  });

  it('list gives the same as JSON', async () => {
    const { code, out } = await plugboard(folder, ['list', '--json']);
    equal(code, 0);
    const plugins = JSON.parse(out) as Rows;
    deepEqual(
      plugins.map(({ name, imports, exports }) => ({ name, imports, exports })),
      [
        { name: 'greeter', imports: [], exports: [] },
        { name: 'prices', imports: [], exports: ['PriceList'] },
        { name: 'shop', imports: ['PriceList'], exports: [] },
      ],
    );
  });

  it('construct and start nothing, and end although a module has begun a timer', async () => {
    for (const command of ['list', 'routes', 'graph']) {
      const { code, err } = await plugboard(folder, [command], { WATCH_CONSTRUCTION: '1' });
      equal(code, 0, command);
      equal(err, '', command);
    }
  });

  it('end although a package has begun a timer, and so do check and build', async () => {
    const other = await folderWith({
      ...ticking,
      'plugins/greeter.ts': `import { timer } from 'ticking';\nexport { timer };${greeter}`,
    });
    for (const command of ['list', 'routes', 'graph', 'check', 'build']) {
      const { code, out, err } = await plugboard(other, [command]);
      equal(code, 0, `${command}: ${out}${err}`);
    }
  });

  it('end as ever where nobody reads what they write', async () => {
    const { process: child, outcome } = run(folder, [main, 'list']);
    child.stdout?.destroy();
    const { code, err } = await outcome;
    equal(err, '');
    equal(code, 0);
  });

  it('routes has method, path, plugin and action, by path', async () => {
    const { code, out } = await plugboard(folder, ['routes']);
    equal(code, 0);
    match(out, /GET +│ \/greet +│ greeter +│ GreeterPlugin\.all/);
    ok(out.indexOf('/greet/:name') < out.indexOf('/shop/orders'));
  });

  it('routes gives those of one plugin, as JSON', async () => {
    const { code, out } = await plugboard(folder, ['routes', '--plugin', 'greeter', '--json']);
    equal(code, 0);
    deepEqual(JSON.parse(out), [
      { method: 'GET', path: '/greet', plugin: 'greeter', action: 'GreeterPlugin.all' },
      { method: 'GET', path: '/greet/:name', plugin: 'greeter', action: 'GreeterPlugin.greet' },
    ]);
  });

  it('routes says that there is no such plugin, and ends with 2', async () => {
    const { code, err } = await plugboard(folder, ['routes', '--plugin', 'greter']);
    equal(code, 2);
    match(err, /There is no plugin "greter"\.\nFix: There are: greeter, prices, shop\./);
  });

  it('graph is Mermaid text', async () => {
    const { code, out } = await plugboard(folder, ['graph', '--direction', 'TD']);
    equal(code, 0);
    equal(out, 'flowchart TD\n  p1["greeter"]\n  p2["prices"]\n  p3["shop"]\n  p3 -->|"PriceList"| p2\n');
  });

  it('graph gives nodes and edges as JSON', async () => {
    const { code, out } = await plugboard(folder, ['graph', '--json']);
    equal(code, 0);
    const { nodes, edges } = JSON.parse(out) as { readonly nodes: Rows; readonly edges: Rows };
    deepEqual(
      nodes.map(({ name }) => name),
      ['greeter', 'prices', 'shop'],
    );
    deepEqual(edges, [{ from: 'shop', to: 'prices', via: 'PriceList', optional: false }]);
  });

  it('graph knows five directions, and ends with 2 for another', async () => {
    const { code, err } = await plugboard(folder, ['graph', '--direction', 'up']);
    equal(code, 2);
    match(err, /It is TD, TB, BT, LR or RL\./);
  });

  it('tell of plugins that could not be started, and end with 1', async () => {
    const other = await folderWith({ 'plugins/needy.ts': needy, 'plugins/broken.ts': broken });
    for (const command of ['list', 'routes', 'graph']) {
      const { code, err } = await plugboard(other, [command]);
      equal(code, 1, command);
      match(err, /✗ needy \(plan, MISSING_IMPORT\)\n {2}.+\n {2}Fix: /);
      // That it fails when it is started can't be known before.
      ok(!err.includes('broken'), err);
      const json = await plugboard(other, [command, '--json']);
      equal(json.code, 1, command);
      JSON.parse(json.out);
    }
    match((await plugboard(other, ['graph'])).out, /"needy"\]:::failed/);
  });

  it('write no escape codes into a pipe', async () => {
    const other = await folderWith({ 'plugins/needy.ts': needy, 'plugins/greeter.ts': greeter });
    for (const args of [['list'], ['routes'], ['graph'], ['build'], ['--help'], ['lst']]) {
      const { out, err } = await plugboard(other, args, { FORCE_COLOR: '', TERM: 'xterm-256color' });
      ok(!`${out}${err}`.includes('\x1b'), args.join(' '));
    }
  });
});
