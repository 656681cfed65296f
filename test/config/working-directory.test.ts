import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endAll, run as begin } from '../cli/command.ts';
import { ConfigFolder } from './config-folder.ts';

const run = promisify(execFile);

const app = `
import { createHost } from 'plugboard';
const lines = [];
const write = (fields, message) => lines.push(message);
const host = createHost({ log: { trace: write, debug: write, info: write, warn: write, error: write } });
await host.start();
console.log(JSON.stringify({ plugins: host.plugins, lines }));
await host.close();
`;

const watching = `
import { createHost } from 'plugboard';
const tell = (line) => console.log(JSON.stringify(line));
const nothing = () => undefined;
const log = { trace: nothing, debug: nothing, info: nothing, warn: (fields, text) => tell({ text }), error: nothing };
const host = createHost({ plugins: ['./plugins'], watch: true, log });
host.on('plugin:running', ({ plugin }) => tell(host.plugins.find(({ name }) => name === plugin).config));
await host.start();
tell('watching');
`;

const plugin = `
import { IsInt } from 'class-validator';
import { Plugin } from 'plugboard';
class Settings { @IsInt() size = 1; @IsInt() depth = 1; }
@Plugin({ name: 'box', config: Settings })
export class Box {}
`;

describe('a host in its working directory', () => {
  afterEach(endAll);

  const folder = new ConfigFolder();

  async function started(environment: Record<string, string> = {}) {
    await folder.write('app.mjs', app);
    await folder.write('plugins/box/index.ts', plugin);
    const { stdout } = await run(process.execPath, ['app.mjs'], {
      cwd: folder.path,
      env: { ...process.env, ...environment },
    });
    return JSON.parse(stdout) as {
      plugins: { name: string; state: string; config?: object[]; failure?: { message: string } }[];
      lines: string[];
    };
  }

  it('needs no configuration', async () => {
    deepEqual((await started()).plugins, []);
  });

  it('finds a file that comes later, where it watches, and says what waits for a restart', async () => {
    await folder.write('later/app.mjs', watching);
    await folder.write('later/plugins/box/index.ts', plugin);
    const { seen } = begin(join(folder.path, 'later'), ['app.mjs']);
    await seen(/"watching"/);
    await folder.write(
      'later/plugboard.config.yaml',
      'prefix: /api\nsettings:\n  box: { config: { size: 7 } }\n',
    );
    await seen(/"size","value":7,"origin":"plugboard\.config\.yaml:3"/);
    await seen(/Restart needed: .*plugboard\.config\.yaml says something else than at the start of prefix/);
    await rm(join(folder.path, 'later/plugboard.config.yaml'));
    await seen(/"value":7[^]*"size","value":1,"origin":"default"/);
  });

  it('finds its file and its variables, and says which of two files it does not read', async () => {
    await folder.write('plugboard.config.json', '{ "plugins": [] }');
    await folder.write(
      'plugboard.config.mjs',
      "export default { plugins: ['./plugins'], settings: { box: { config: { size: 2 } } } };\n",
    );
    const { plugins, lines } = await started({ PLUGBOARD_BOX_DEPTH: '3' });
    deepEqual(plugins[0]?.config, [
      { path: 'size', value: 2, origin: 'plugboard.config.mjs:1' },
      { path: 'depth', value: 3, origin: 'PLUGBOARD_BOX_DEPTH' },
    ]);
    match(
      lines.join('\n'),
      /plugboard\.config\.json is not read: there is another configuration file beside it/,
    );
  });

  it('names the file and the line of a wrong value as they are seen from there', async () => {
    await folder.write(
      'plugboard.config.mjs',
      "export default {\n  plugins: ['./plugins'],\n  settings: { box: { config: { size: 'big' } } },\n};\n",
    );
    const { plugins } = await started();
    equal(plugins[0]?.state, 'failed');
    match(
      plugins[0]?.failure?.message ?? '',
      /config\.size: .*, but is a string \(plugboard\.config\.mjs:3\)/,
    );
  });
});
