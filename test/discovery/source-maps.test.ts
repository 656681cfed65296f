import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { mapErrorStack, mapPosition, mapStack, originalLocation } from '#lib/discovery/source-maps.js';
import { loadPlugin, plugin, removeFolders } from './temporary-folder.ts';
import type { LoadedSource } from '#lib/discovery/load-source.js';

afterEach(removeFolders);

const part = `interface Gone {\n  size: number;\n}\n\nexport function fail(): never {\n  throw new Error('here');\n}\n`;

async function failing(): Promise<{ readonly loaded: LoadedSource; readonly error: Error }> {
  const loaded = await loadPlugin({
    'index.ts': plugin(`import { fail } from './deep/part.js'; export const go = () => fail();`),
    'deep/part.ts': part,
  });
  try {
    (loaded.exports.go as () => never)();
  } catch (error) {
    ok(error instanceof Error);
    return { loaded, error };
  }
  throw new Error('it did not fail');
}

describe('stack traces of evaluated plugins', () => {
  it("show the author's files and lines", async () => {
    const { loaded, error } = await failing();
    match(String(error.stack), /plugboard:sample@1/);
    const mapped = mapStack(String(error.stack));
    ok(mapped.includes(`${join(String(loaded.root), 'deep', 'part.ts')}:6:9`), mapped);
    ok(mapped.includes(`${join(String(loaded.root), 'index.ts')}:2:`), mapped);
  });

  it('hold in a file that was given its own import.meta', async () => {
    const loaded = await loadPlugin({
      'index.ts': plugin(`export { go } from './part.js';`),
      'part.ts': `export const url = [import.meta.url, __dirname];\n\nexport function go(): never {\n  throw new Error('x');\n}\n`,
    });
    try {
      (loaded.exports.go as () => never)();
    } catch (error) {
      match(mapStack(String((error as Error).stack)), /sample.part\.ts:4:9/);
    }
  });

  it('are mapped in the error, its causes and the errors in it, circles included', async () => {
    const { error } = await failing();
    const inner = new Error('inner', { cause: error });
    error.cause = inner;
    const all = new AggregateError([error, 'text'], 'all', { cause: null });
    mapErrorStack(all);
    ok(!error.stack?.includes('plugboard:'), error.stack);
    mapErrorStack(undefined);
  });

  it('stay as they are once the generation is disposed of', async () => {
    const { loaded, error } = await failing();
    loaded.dispose();
    equal(mapStack(String(error.stack)), error.stack);
  });

  it('stay as they are for text that is not ours', () => {
    const stack = 'Error: x\n    at f (plugboard:nobody@1:3:4)\n    at file:///a/b.js:1:2';
    equal(mapStack(stack), stack);
    deepEqual(mapPosition('/a/b.js', 1, 2), { file: '/a/b.js', line: 1, column: 2 });
  });

  it('keep the generations of two hosts apart', async () => {
    const [one, other] = [await failing(), await failing()];
    ok(one.loaded.file !== other.loaded.file);
    ok(mapStack(String(one.error.stack)).includes(String(one.loaded.root)));
    ok(mapStack(String(other.error.stack)).includes(String(other.loaded.root)));
  });
});

describe('the place where @Plugin is called', () => {
  it("is the author's file, so that views are relative to it", async () => {
    const { record, root } = await loadPlugin({
      'index.ts': `export { SamplePlugin } from './deep/sample.js';`,
      'deep/sample.ts': plugin(),
    });
    equal(record.calledAt?.file, join(String(root), 'deep/sample.ts'));
    equal(record.calledAt.line, 3);
  });

  it('stays as it is where nothing is known of it', () => {
    deepEqual(originalLocation({ file: '/x.js', line: 4, column: 5 }), { file: '/x.js', line: 4, column: 5 });
  });
});
