import { equal, match, ok } from 'node:assert/strict';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, plugboard } from './command.ts';

const commands = ['new app', 'new plugin', 'dev', 'start', 'build', 'list', 'routes', 'graph', 'check'];

describe('the command line', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await folderWith({});
  });
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('shows its commands and examples', async () => {
    const { code, out, err } = await plugboard(folder, ['--help']);
    equal(code, 0, err);
    for (const command of commands) match(out, new RegExp(`^ {2}${command.split(' ')[0]} `, 'm'));
    match(out, /Examples:\n {2}plugboard new app shop/);
  });

  for (const command of commands) {
    it(`shows options and examples of "${command}", and that it speaks JSON`, async () => {
      const { code, out } = await plugboard(folder, [...command.split(' '), '--help']);
      equal(code, 0);
      match(out, /--json/);
      match(out, /Examples:\n/);
    });
  }

  it('has a version', async () => {
    const { code, out } = await plugboard(folder, ['--version']);
    equal(code, 0);
    match(out, /^\d+\.\d+\.\d+\n$/);
  });

  it('says which command was meant, and ends with 2', async () => {
    const { code, out, err } = await plugboard(folder, ['strat']);
    equal(code, 2);
    equal(out, '');
    match(err, /unknown command 'strat'\n\(Did you mean start\?\)\nFix: plugboard --help/);
  });

  it('says which option was meant, and ends with 2', async () => {
    const { code, err } = await plugboard(folder, ['list', '--jsn']);
    equal(code, 2);
    match(err, /unknown option '--jsn'\n\(Did you mean --json\?\)/);
  });

  it('says that what is listed is not there, and ends with 2', async () => {
    for (const command of ['dev', 'start', 'build', 'list', 'routes', 'graph', 'check']) {
      const { code, err } = await plugboard(folder, [command, './nowhere']);
      equal(code, 2, command);
      match(err, /There is no file or folder .*nowhere, and no package "\.\/nowhere" is installed\.\nFix: /);
      ok(!err.includes('    at '), err);
    }
  });

  it('says in JSON what is wrong, if asked to', async () => {
    for (const args of [
      ['strat'],
      ['list', '--jsn'],
      ['new', 'app', 'My App'],
      ['new', 'plugin', 'My Plugin'],
      ['graph', '--direction', 'up'],
      ...['dev', 'start', 'build', 'list', 'routes', 'graph', 'check'].map((command) => [
        command,
        './nowhere',
      ]),
    ]) {
      const { code, out, err } = await plugboard(folder, [...args, '--json']);
      equal(code, 2, args.join(' '));
      const { error } = JSON.parse(out) as { readonly error: Readonly<Record<string, string>> };
      equal(error['code'], 'USAGE');
      ok(error['message'] && error['fix'], out);
      ok(err.includes(error['message']), err);
    }
  });

  it('shows the help of a command under another, and starts where there are options only', async () => {
    match((await plugboard(folder, ['help', 'new', 'app'])).out, /^Usage: plugboard new app /);
    match((await plugboard(folder, ['--port', '0'])).err, /There is no folder .*plugins\./);
  });
});
