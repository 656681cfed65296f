import { deepEqual, equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { folderWith, loadAll, loadFailure, loadPlugin, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

describe('finding the plugin class of a module', () => {
  it('counts a class that is exported under two names once', async () => {
    const { pluginClass } = await loadPlugin({
      'index.ts': `${plugin()}\nexport { SamplePlugin as Again, SamplePlugin as default };`,
    });
    equal(pluginClass.name, 'SamplePlugin');
  });

  it('takes a class that is the whole of what CommonJS exports', async () => {
    const code = `const { Plugin } = require('plugboard'); class Whole {} Plugin({ name: 'whole' })(Whole); module.exports = Whole;`;
    equal((await loadPlugin({ 'index.cjs': code })).pluginClass.name, 'Whole');
    const typed = `import { Plugin } from 'plugboard'; @Plugin({ name: 'whole' }) class Whole {} export = Whole;`;
    equal((await loadPlugin({ 'index.cts': typed })).pluginClass.name, 'Whole');
  });

  it('takes a default export, in a folder of any name', async () => {
    const folder = await folderWith({
      'my plugin (no. 1) #2/index.ts': `import { Plugin } from 'plugboard'; import { here } from './part ä.js';
        export const seen = here; @Plugin({ name: 'odd' }) export default class {}`,
      'my plugin (no. 1) #2/part ä.ts': 'export const here = import.meta.url;',
    });
    const [loaded] = await loadAll(folder);
    equal(loaded?.record.options.name, 'odd');
    match(String(loaded?.exports.seen), /my%20plugin%20\(no\.%201\)%20%232\/part%20%C3%A4\.ts$/);
    equal(loaded?.record.calledAt?.file, join(folder, 'my plugin (no. 1) #2/index.ts'));
  });

  it('names both where there are two', async () => {
    const error = await loadFailure({
      'index.ts': `${plugin()}\n@Plugin({ name: 'other' })\nexport class OtherPlugin {}`,
    });
    equal(error.code, 'TWO_PLUGINS');
    match(error.message, /SamplePlugin and OtherPlugin|OtherPlugin and SamplePlugin/);
  });

  it('says which class has routes and no @Plugin', async () => {
    const error = await loadFailure({
      'index.ts': `import { Get, JsonController } from 'routing-controllers';
        export class Helper {}
        @JsonController() export class Greeter { @Get('/') greet(): string { return 'hi'; } }`,
    });
    deepEqual(
      [error.code, error.fix],
      ['NO_PLUGIN', "Write @Plugin({ name: 'sample' }) above class Greeter."],
    );
    match(error.message, /Greeter has decorated methods but not @Plugin/);
  });

  it('says which class lacks @Plugin, what else is exported, or that nothing is', async () => {
    match(
      (await loadFailure({ 'index.ts': 'export class Greeter {}' })).message,
      /Greeter is a class without @Plugin/,
    );
    const other = await loadFailure({
      'index.ts': 'export default function greet(): void {}\nexport const a = {};',
    });
    match(
      other.message,
      /it exports a function and a value of type object|it exports a value of type object and a function/,
    );
    match(other.fix, /@Plugin\(\{ name: 'sample' \}\)/);
    match((await loadFailure({ 'index.ts': 'console.log();' })).message, /it exports nothing/);
  });
});
