import { equal, match, ok } from 'node:assert/strict';
import type { Problem } from 'plugboard';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, plugboard } from './command.ts';
import { needy } from './plugins.ts';

const documented = `
import { Plugin } from 'plugboard';
@Plugin({ name: 'documented', version: '1.0.0', description: 'Is described' })
export class Documented {
  constructor() { process.stderr.write('constructed'); }
}`;
const silent = `
import { Plugin } from 'plugboard';
@Plugin({ name: 'silent' }) export class Silent {}`;
const settings = JSON.stringify({
  compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true },
});

describe('plugboard check', () => {
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('finds no problem where there is none, and ends with 0', async () => {
    const folder = await folderWith({
      'plugins/documented/index.ts': documented,
      'plugins/documented/README.md': '# documented',
      'tsconfig.json': settings,
    });
    const { code, out, err } = await plugboard(folder, ['check', '--strict']);
    equal(`${out}${err}`, 'No problems.\n');
    equal(code, 0);
  });

  it('shows each problem with its place and its fix, and ends with 1', async () => {
    const folder = await folderWith({ 'plugins/needy.ts': needy, 'tsconfig.json': settings });
    const { code, out } = await plugboard(folder, ['check']);
    equal(code, 1);
    match(out, /✗ needy \(MISSING_IMPORT\) plugins\/needy\.ts:\d+\n {2}.+\n {2}Fix: /);
    match(out, /\n1 error, \d+ warnings?\.\n$/);
    ok(!out.includes('\x1b'));

    const json = await plugboard(folder, ['check', '--json']);
    equal(json.code, 1);
    const problems = JSON.parse(json.out) as readonly Problem[];
    ok(problems.some(({ code: found, severity }) => found === 'MISSING_IMPORT' && severity === 'error'));
  });

  it('takes a configuration file that is wrong for a problem like others, and ends with 2 where there is nothing', async () => {
    const folder = await folderWith({ 'plugboard.config.json': '{ "plugin": ["./plugins"] }' });
    const { code, out } = await plugboard(folder, ['check', '--json']);
    equal(code, 1);
    const [problem] = JSON.parse(out) as readonly Problem[];
    equal(problem?.code, 'CONFIG_FILE_INVALID');
    equal(problem?.line, 1);
    equal((await plugboard(folder, ['check', './nowhere'])).code, 2);
    equal((await plugboard(folder, ['check', '--config', 'nowhere.yaml'])).code, 2);
  });

  it('lets warnings pass, but for --strict', async () => {
    const folder = await folderWith({ 'plugins/silent.ts': silent, 'tsconfig.json': settings });
    const lenient = await plugboard(folder, ['check']);
    equal(lenient.code, 0, lenient.out);
    match(lenient.out, /! silent \(/);
    equal((await plugboard(folder, ['check', '--strict'])).code, 1);
  });
});
