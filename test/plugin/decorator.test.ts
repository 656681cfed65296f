import { deepEqual, equal } from 'node:assert/strict';
import { compileFunction } from 'node:vm';
import { callerLocation, toCallSite } from '#lib/plugin/call-site.js';
import { pluginOptions, pluginRecord } from '#lib/plugin/decorator.js';
import { isClass } from '#lib/plugin/is-class.js';
import { Plugin } from 'plugboard';

@Plugin({ name: 'shop' })
class Shop {}

describe('what @Plugin leaves on a class', () => {
  it('is its options, and the place where it was called', () => {
    deepEqual(pluginOptions(Shop), { name: 'shop' });
    equal(pluginRecord(Shop)?.calledAt?.file, import.meta.filename);
    const shop = compileFunction("\n  return plugin({ name: 'shop' })(Shop) ?? Shop;", ['plugin', 'Shop'], {
      filename: 'shop.js',
    });
    deepEqual(pluginRecord(shop(Plugin, class Shop {}))?.calledAt, { file: 'shop.js', line: 2, column: 10 });
  });

  it('is not inherited, and is on nothing else', () => {
    class Branch extends Shop {}
    equal(pluginRecord(Branch), undefined);
    equal(pluginOptions(Branch), undefined);
    for (const other of [undefined, null, 'Shop', new Shop()]) equal(pluginRecord(other), undefined);
  });

  it('leaves stacks as they were: their length, and who writes them', () => {
    const before = [Error.stackTraceLimit, Error.prepareStackTrace];
    Plugin({ name: 'other' });
    deepEqual([Error.stackTraceLimit, Error.prepareStackTrace], before);
  });
});

describe('a place in a file that was run', () => {
  const frame = (file: string | null, line: number | null, column: number | null): NodeJS.CallSite =>
    ({
      getFileName: () => file,
      getLineNumber: () => line,
      getColumnNumber: () => column,
    }) as NodeJS.CallSite;

  it('is of the function that called, not of one inside', () => {
    const asked = compileFunction('\n  return ask();', ['ask'], { filename: 'asked.js' });
    const inner = (): unknown => callerLocation(outer);
    function outer(): unknown {
      return inner();
    }
    deepEqual(asked(outer), { file: 'asked.js', line: 2, column: 10 });
  });

  it('has a path for a module of its own URL, and the name as it is for a script', () => {
    deepEqual(toCallSite(frame(import.meta.url, 3, 4)), {
      file: import.meta.filename,
      line: 3,
      column: 4,
    });
    deepEqual(toCallSite(frame('node:fs', null, null)), { file: 'node:fs', line: 1, column: 1 });
  });

  it('is unknown where code is of no file', () => {
    for (const none of [undefined, frame(null, 1, 1), frame('', 1, 1)]) equal(toCallSite(none), undefined);
  });
});

describe('a class', () => {
  it('is told from every other function, and from what is none', () => {
    equal(isClass(Shop), true);
    equal(isClass(class {}), true);
    for (const other of [function () {}, () => {}, async () => {}, Math.max, {}, null, 'Shop']) {
      equal(isClass(other), false);
    }
  });
});
