import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { isNobodys, stackFiles } from '#lib/supervision/escapes/stack-files.js';

/** Something with this stack, as it may be thrown, and with this message. */
const thrownWith = (stack: unknown, message?: unknown): object => ({ stack, message });

const fileOf = (line: string): readonly string[] =>
  stackFiles(thrownWith(`Error: boom\n    at ${line}`, 'boom'));

describe('the files of a stack', () => {
  const lines = [
    ['of a function', 'tick (/plugins/p/index.js:3:7)'],
    ['of no function', '/plugins/p/index.js:3:7'],
    ['far down and to the right in it', 'tick (/plugins/p/index.js:1234:5678)'],
    ['of a constructor', 'new Poller (/plugins/p/index.js:3:7)'],
    ['of a method by another name', 'Poller.tick [as run] (/plugins/p/index.js:3:7)'],
    ['of an async function', 'async Poller.tick (/plugins/p/index.js:3:7)'],
    ['of an async function without a name', 'async /plugins/p/index.js:3:7'],
    ['of a file by its URL', 'tick (file:///plugins/p/index.js:3:7)'],
    ['of a file by its URL, of no function', 'async file:///plugins/p/index.js:3:7'],
    [
      'of a text that a function has evaluated',
      'eval (eval at tick (/plugins/p/index.js:3:7), <anonymous>:1:1)',
    ],
    [
      'of a text that a text has',
      'f (eval at <anonymous> (eval at tick (/plugins/p/index.js:3:7)), <anonymous>:1:1)',
    ],
  ] as const;
  for (const [name, line] of lines) {
    it(`are told from a line ${name}`, () => deepEqual(fileOf(line), ['/plugins/p/index.js']));
  }

  it('are told where they have spaces and brackets in their names', () => {
    deepEqual(fileOf('tick (/my plugins/p (1)/index.js:3:7)'), ['/my plugins/p (1)/index.js']);
    deepEqual(fileOf('/my plugins/p (1)/index.js:3:7'), ['/my plugins/p (1)/index.js']);
    deepEqual(fileOf('tick (file:///my%20plugins/p/index.js:3:7)'), ['/my plugins/p/index.js']);
  });

  it('are told on Windows, with either slash', () => {
    deepEqual(fileOf(String.raw`tick (C:\plugins\p\index.js:3:7)`), [String.raw`C:\plugins\p\index.js`]);
    deepEqual(fileOf('async d:/plugins/p/index.js:3:7'), ['d:/plugins/p/index.js']);
  });

  it('are told of code that Plugboard has evaluated, by the name that it was given', () => {
    deepEqual(fileOf('Poller.tick (plugboard:p@2:3:7)'), ['plugboard:p@2']);
  });

  it('are none in lines that tell of none: Node’s own code, its built-ins, and what comes from nowhere', () => {
    deepEqual(fileOf('listOnTimeout (node:internal/timers:581:17)'), []);
    deepEqual(fileOf('async Promise.all (index 0)'), []);
    deepEqual(fileOf('new Promise (<anonymous>)'), []);
    deepEqual(fileOf('tick (evalmachine.<anonymous>:1:1)'), []);
    deepEqual(fileOf('[a:/plugins/p]'), []);
  });

  it('are in the order of the stack, the innermost first', () => {
    const call = (file: string): unknown => runInThisContext('(call) => call()', { filename: file });
    const [outer, inner] = ['/plugins/outer.js', '/plugins/inner.js'].map(call) as ((
      f: () => unknown,
    ) => Error)[];
    const error = outer?.(() => inner?.(() => new Error('boom')));
    deepEqual(
      stackFiles(error)
        .filter((file) => file !== import.meta.filename)
        .slice(0, 2),
      ['/plugins/inner.js', '/plugins/outer.js'],
    );
  });

  it('are not those that the message quotes, wherever it stands', () => {
    const quoting = 'of p:\n    at f (/quoted.js:1:1)';
    deepEqual(stackFiles(thrownWith(`Error: ${quoting}\n    at /p.js:1:1`, quoting)), ['/p.js']);
    deepEqual(stackFiles(thrownWith(`${quoting}\n    at /p.js:1:1`, quoting)), ['/p.js']);
    deepEqual(stackFiles(thrownWith('Error: see at /quoted.js:1:1 for more\n    at /p.js:1:1')), ['/p.js']);
  });

  it('are all there where the message was changed since, or is no text', () => {
    const stack = '    at f (/p.js:1:1)\n    at undefined.g (/q.js:1:1)';
    for (const message of ['another', undefined, 5, {}]) {
      deepEqual(stackFiles(thrownWith(stack, message)), ['/p.js', '/q.js']);
    }
  });

  it('are none where what was thrown has no stack, or one that cannot be read', () => {
    for (const thrown of [undefined, null, 'at /p.js:1:1', 5, {}, thrownWith(['at /p.js:1:1'])]) {
      deepEqual(stackFiles(thrown), []);
    }
    const broken = {
      get stack(): string {
        throw new Error('no');
      },
    };
    deepEqual(stackFiles(broken), []);
  });
});

describe('a file of a stack', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = [
    ['of a package, of whosever', '/app/node_modules/express/index.js', true],
    ['of a package that a plugin brings along', '/plugins/p/node_modules/pg/index.js', true],
    ['evaluated by Plugboard', 'plugboard:p@1', true],
    ['of Plugboard', join(root, 'dist/host.js'), true],
    ['of Plugboard, as source maps tell it', join(root, 'lib/host.ts'), true],
    ['beside those of Plugboard', join(root, 'library/index.js'), false],
    ['of the app', '/app/src/main.js', false],
    ['of an app that has packages only in its name', '/app/node_modules.js', false],
  ] as const;
  for (const [name, file, isNobody] of files) {
    it(`is ${isNobody ? 'nobody’s' : 'somebody’s'}: one ${name}`, () => equal(isNobodys(file), isNobody));
  }
});
