import { deepEqual } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { openClassFiles } from '#lib/checking/class-files.js';
import { Plugin } from 'plugboard';

const here = fileURLToPath(import.meta.url);

@Plugin({ name: 'located' })
class LocatedPlugin {}

class Located extends LocatedPlugin {
  constructor(readonly name: string) {
    super();
  }
}

describe('the file of a class', () => {
  it('is told by V8, and nothing of the question stays', async () => {
    const globals = Reflect.ownKeys(globalThis);
    const files = await openClassFiles();
    deepEqual([LocatedPlugin, Located, class {}].map(files.fileOf), [here, here, here]);
    deepEqual([Map, Array.bind(null) as unknown as typeof Map].map(files.fileOf), [undefined, undefined]);
    files[Symbol.dispose]();
    deepEqual(Reflect.ownKeys(globalThis), globals);
  });

  it('is that where @Plugin was called, where V8 may not be asked', async () => {
    const files = await openClassFiles(async () => Promise.reject(new Error('no inspector')));
    deepEqual([LocatedPlugin, Located].map(files.fileOf), [here, undefined]);
    files[Symbol.dispose]();
  });
});
