import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { inspect } from 'node:util';
import { readConfig, type PluginError } from 'plugboard';
import { ConfigFolder } from './config-folder.ts';

interface Broken {
  /** `7`, and what is wrong there; undefined where the line can't be told. */
  readonly line: number | undefined;
  readonly says: RegExp;
  readonly text: string;
}

const password = 'hunter2-hunter2';

const json: readonly Broken[] = [
  { line: 3, says: /Unexpected token 'h'/, text: `{\n"settings":\n{ "password": ${password} }\n}` },
  { line: 2, says: /Unexpected token/, text: `{ "a": ["${password}",\n] }` },
  { line: 2, says: /Expected/, text: `{ "password": "${password}"\n"b": 1 }` },
  { line: 3, says: /Unexpected end|Expected/, text: `{ "password":\n"${password}"\n` },
  { line: 1, says: /Unterminated string/, text: `{ "password": "${password}` },
];

const yaml: readonly Broken[] = [
  { line: 2, says: /Unresolved alias.*needs quotes/, text: `a: 1\npassword: *${password}\n` },
  { line: 2, says: /tag.*needs quotes/, text: `a: 1\npassword: !${password}\n` },
  { line: 2, says: /reserved character @.*needs quotes/, text: `a: 1\npassword: @${password}\n` },
  { line: 2, says: /./, text: `a: 1\npassword: "${password}" and more\n` },
  { line: 3, says: /keys must be unique/, text: `a: 1\npassword: ${password}\na: 2\n` },
];

const code: readonly Broken[] = [
  { line: 2, says: /./, text: `export default {\n  password: '${password},\n};\n` },
  {
    line: 3,
    says: /reading 'host'/,
    text: 'const none = undefined;\nexport default {\n  host: none.host,\n};\n',
  },
  { line: undefined, says: /no default export/, text: 'export const a = 1;\n' },
];

describe('a configuration file that is broken', () => {
  const folder = new ConfigFolder();
  const kinds = { json, yaml, mjs: code, ts: code };

  for (const [ending, files] of Object.entries(kinds)) {
    it(`names the line, what is wrong there and nothing of what is written, in ${ending}`, async () => {
      for (const [index, { line, says, text }] of files.entries()) {
        const path = await folder.write(`${index}.${ending}`, text);
        await rejects(readConfig(path), (error: PluginError) => {
          equal(error.code, 'CONFIG_FILE_BROKEN');
          deepEqual(error.path, ['host', line === undefined ? path : `${path}:${line}`], text);
          match(error.message, says);
          doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hunter2/);
          return true;
        });
      }
    });
  }

  it('is none where an editor of Windows has marked its beginning, or YAML merges what it has named', async () => {
    const marked = await folder.write('marked.json', '\uFEFF{ "prefix": "/api" }');
    const merging = await folder.write(
      'merging.yaml',
      'settings:\n  one: &all { critical: true }\n  two:\n    <<: *all\n    prefix: /two\n',
    );
    equal((await readConfig(marked))?.config.prefix, '/api');
    deepEqual((await readConfig(merging))?.config.settings?.['two'], { critical: true, prefix: '/two' });
  });
});
