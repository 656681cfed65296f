import { equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importNatively } from '#lib/discovery/native-import.js';
import { findTwin, rememberOrigin } from '#lib/plugin/twins.js';
import { token } from 'plugboard';
import { folderWith, removeFolders } from '../discovery/temporary-folder.ts';

afterEach(removeFolders);

describe('a twin', () => {
  it('is a class of the same name from another file, and both files are named', async () => {
    const folder = await folderWith({
      'src/contracts.ts': 'export class Clock {}',
      'dist/contracts.mjs': 'export class Clock {}',
    });
    const load = async (name: string): Promise<unknown> =>
      (await importNatively(pathToFileURL(join(folder, name)).href)).Clock;
    const [asked, bound] = [await load('src/contracts.ts'), await load('dist/contracts.mjs')];
    const twin = findTwin(asked, [class Other {}, bound]);
    equal(twin?.token, bound);
    match(
      twin?.message ?? '',
      /two classes named Clock: .*src.contracts\.ts, bound is .*dist.contracts\.mjs/,
    );
    match(twin?.fix ?? '', /#contracts.* token<Clock>\('Clock'\)/);
  });

  it('is explained without files where they are not known', () => {
    const [one, other] = [class Clock {}, class Clock {}].map((type) => type);
    match(findTwin(one, [other])?.message ?? '', /two classes named Clock\. /);
  });

  it('is of the app where only one of the two came from a file that is known', () => {
    const [asked, bound] = [class Clock {}, class Clock {}].map((type) => type);
    rememberOrigin(bound, '/app/clock.js');
    match(
      findTwin(asked, [bound])?.message ?? '',
      /asked for is the one from the app's own import.*, bound is the one from \/app\/clock\.js/,
    );
    match(
      findTwin(bound, [asked])?.message ?? '',
      /asked for is the one from \/app\/clock\.js, bound is the one from the app's own import/,
    );
  });

  it('came from the file that was the first to load it', () => {
    const [asked, bound] = [class Clock {}, class Clock {}].map((type) => type);
    rememberOrigin(bound, '/app/clock.js');
    rememberOrigin(bound, '/app/index.js');
    match(findTwin(asked, [bound])?.message ?? '', /from \/app\/clock\.js\./);
  });

  it('is a symbol of the same description that was not made by token()', () => {
    const twin = findTwin(Symbol('clock'), [Symbol('clock')]);
    match(twin?.message ?? '', /two symbols named clock: Symbol\('clock'\) makes a new one with each call/);
    match(twin?.fix ?? '', /^Write .*token<clock>\('clock'\)/);
  });

  it('is not the token itself, nor one of another kind or name', () => {
    class Clock {}
    equal(findTwin(Clock, [Clock, token('Clock'), class Other {}]), undefined);
  });
});
