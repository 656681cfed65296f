import { deepEqual, equal, ok } from 'node:assert/strict';
import { relative } from 'node:path';
import type { Host, Problem } from 'plugboard';
import { closeHosts, folderWith, quietHost, removeFolders, type LogLine } from '../host/hosting.ts';
import { appOptions, fixtures, type Planted } from './planted-problems.ts';

const key = Symbol.for('checking:made');
const shared = globalThis as unknown as Record<symbol, string[] | undefined>;

describe('a check of a folder with one of every problem', () => {
  const files = Object.assign({}, ...Object.values(fixtures).map((fixture) => fixture.files)) as Record<
    string,
    string
  >;
  const planted = Object.values(fixtures).flatMap(({ problems }) => problems);
  const logs: LogLine[] = [];
  let folder: string;
  let host: Host;
  let found: readonly Problem[];

  before(async () => {
    shared[key] = [];
    folder = await folderWith(files);
    host = quietHost({ ...appOptions, plugins: [folder, ...appOptions.plugins] }, logs);
    found = await host.check();
  });
  after(closeHosts);
  after(removeFolders);
  after(() => delete shared[key]);

  it('finds all of them, each once, and nothing else', () => {
    deepEqual(found.map((problem) => shown(problem)).sort(), planted.map((one) => expected(one)).sort());
    equal(found.length, planted.length);
  });

  for (const [title, { problems }] of Object.entries(fixtures)) {
    for (const one of problems) {
      it(`says what to write: ${title}, ${one.code}`, () => {
        const same = found.filter((problem) => shown(problem) === expected(one));
        ok(
          same.some(({ fix }) => one.fix.test(fix)),
          same.map(({ fix }) => fix).join('\n'),
        );
      });
    }
  }

  it('constructs nothing, logs nothing, and leaves the host as it was', () => {
    deepEqual(shared[key], []);
    deepEqual(logs, []);
    deepEqual(host.plugins, []);
  });

  it('gives the same again, in the same order', async () => {
    deepEqual(await host.check(), found);
    const places = found.map(({ plugin = '', file = '' }) => `${plugin}\0${file}`);
    deepEqual(places, [...places].sort());
  });

  it('gives plain values', () => {
    deepEqual(structuredClone(found), found);
  });

  it('is followed by a start as if there had been none', async () => {
    await host.start();
    const states = Object.fromEntries(host.plugins.map(({ name, state }) => [name, state]));
    deepEqual([states['healthy'], states['missing'], states['off']], ['running', 'failed', 'disabled']);
    ok(shared[key]?.includes('healthy'));
  });

  function shown({ code, plugin, file, line, severity }: Problem): string {
    const place = file === undefined ? '' : `${relative(folder, file)}:${line ?? 0}`;
    return [severity, code, plugin ?? 'the app', place].join(' ');
  }

  function expected(one: Planted): string {
    const { code, plugin, file, severity = 'error' } = one;
    const place = file === undefined ? '' : `${file}:${one.line ?? lineOf(one)}`;
    return [severity, code, plugin ?? 'the app', place].join(' ');
  }

  /** Of several of one code in a file, each has a line of its own, in the same order. */
  function lineOf({ code, file = '', ...one }: Planted): number {
    const lines = (files[file] ?? '').split('\n').flatMap((text, index) => {
      const [, comment = ''] = text.split(' // ');
      return comment.split(' ').includes(code) ? [index + 1] : [];
    });
    const alike = planted.filter((other) => other.code === code && other.file === file);
    const line = lines[alike.findIndex(({ fix }) => fix === one.fix)];
    if (line === undefined) throw new Error(`${file} has no line with // ${code}`);
    return line;
  }
});
