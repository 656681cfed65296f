import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { Loader } from '#lib/hosting/loading.js';
import { EscapeWatch } from '#lib/supervision/escapes/escape-watch.js';
import { folderWith, removeFolders } from './hosting.ts';

describe('loading plugins side by side', () => {
  afterEach(removeFolders);

  it('gives up one whose code never ends loading, and goes on with the others', async () => {
    const folder = await folderWith({
      'plugins/endless.ts': `import { never } from '../shared.mjs';
        import { Plugin } from 'plugboard'; @Plugin({ name: 'endless' }) export class Endless { never = never; }`,
      'plugins/quick.ts': `import { Plugin } from 'plugboard'; @Plugin({ name: 'quick' }) export class Quick {}`,
      'shared.mjs': 'export const never = await new Promise(() => undefined);',
    });
    // The bundler is loaded once for all: not at the expense of this limit.
    await import('rolldown');
    const loader = new Loader(new EscapeWatch(() => undefined), { cwd: folder, limitMs: 1_000 });
    const [endless, quick] = await loader.loadAll(await loader.find([join(folder, 'plugins')]));
    ok(endless?.kind === 'broken');
    const { code, phase, plugin, message } = endless.error;
    deepEqual([code, phase, plugin], ['LOAD_TIMEOUT', 'load', 'endless']);
    match(message, /was not loaded within 1000 ms/);
    equal(quick?.kind, 'loaded');
  });
});
