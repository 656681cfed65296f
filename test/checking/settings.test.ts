import { deepEqual, match } from 'node:assert/strict';
import { join, relative } from 'node:path';
import { closeHosts, folderWith, quietHost, removeFolders } from '../host/hosting.ts';

const plugin = (name: string): string =>
  `import { Plugin } from 'plugboard';\n@Plugin({ name: '${name}', description: 'for the check' })\nexport class ThePlugin {}`;

const right = '"experimentalDecorators": true, "emitDecoratorMetadata": true';

describe('the settings of TypeScript and Node, when a host is checked', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('are those of the nearest file, told of once for all plugins below it', async () => {
    const found = await check({
      'app/tsconfig.json': '{\n  "compilerOptions": {\n    "strict": true\n  }\n}',
      'app/plugins/a.ts': plugin('a'),
      'app/plugins/b.ts': plugin('b'),
      'app/plugins/c.mjs': plugin('c').replace(
        /@(Plugin\(.*\))\nexport (class ThePlugin \{\})/,
        'export $2\n$1(ThePlugin);',
      ),
    });
    deepEqual(found.lines, ['WRONG_TYPESCRIPT the app app/tsconfig.json:2']);
    match(found.messages[0] ?? '', /does not have experimentalDecorators and emitDecoratorMetadata/);
  });

  it('are taken from what a file extends, by path, list or package', async () => {
    const base = `{ "compilerOptions": { ${right} } }`;
    const found = await check({
      'app/base.json': base,
      'app/node_modules/@acme/tsconfig/tsconfig.json': base,
      'app/node_modules/@acme/tsconfig/package.json': '{ "name": "@acme/tsconfig", "version": "1.0.0" }',
      'app/plugins/a/tsconfig.json': '{ "extends": "../../base" }',
      'app/plugins/b/tsconfig.json': '{ "extends": ["@acme/tsconfig"], "compilerOptions": {} }',
      'app/plugins/c/tsconfig.json': `{ "extends": "../../base.json", "compilerOptions": {\n  "emitDecoratorMetadata": false } }`,
      ...Object.fromEntries(
        ['a', 'b', 'c'].flatMap((name) => [
          [`app/plugins/${name}/index.ts`, plugin(name)],
          [`app/plugins/${name}/README.md`, name],
        ]),
      ),
    });
    deepEqual(found.lines, ['WRONG_TYPESCRIPT c app/plugins/c/tsconfig.json:2']);
  });

  it('are told of where they can not be read, and left alone where a file only names others', async () => {
    const found = await check({
      'app/plugins/a/tsconfig.json': '{ "compilerOptions": {',
      'app/plugins/a/index.ts': plugin('a'),
      'app/plugins/a/README.md': 'a',
      'app/plugins/b/tsconfig.json': '{ "files": [], "references": [{ "path": "./lib" }] }',
      'app/plugins/b/index.ts': plugin('b'),
      'app/plugins/b/README.md': 'b',
    });
    deepEqual(found.lines, ['WRONG_TYPESCRIPT a app/plugins/a/tsconfig.json:1']);
    match(found.messages[0] ?? '', /can't be read/);
  });

  it('may be those of a project that a file refers to', async () => {
    const files = {
      'app/tsconfig.json': `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tools" }], "compilerOptions": {} }`,
      'app/tools/tsconfig.json': '{ "compilerOptions": { "strict": true } }',
      'app/plugins/a.ts': plugin('a'),
    };
    const fine = { ...files, 'app/tsconfig.app.json': `{ "compilerOptions": { ${right} } }` };
    deepEqual((await check(fine)).lines, []);
    const wrong = { ...files, 'app/tsconfig.app.json': '{ "compilerOptions": { "strict": true } }' };
    deepEqual((await check(wrong)).lines, ['WRONG_TYPESCRIPT the app app/tsconfig.app.json:1']);
  });

  async function check(files: Readonly<Record<string, string>>): Promise<Found> {
    const folder = await folderWith(files);
    const problems = await quietHost({ plugins: [join(folder, 'app/plugins')] }).check();
    return {
      lines: problems.map(
        ({ code, plugin: name = 'the app', file = '', line }) =>
          `${code} ${name} ${relative(folder, file)}:${line}`,
      ),
      messages: problems.map(({ message }) => message),
    };
  }
});

interface Found {
  readonly lines: readonly string[];
  readonly messages: readonly string[];
}
