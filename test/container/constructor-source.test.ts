import { deepEqual, equal } from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { hasOwnConstructor, parameterNames } from '#lib/container/constructor-source.js';
import type { Class } from '#lib/plugin/tokens.js';

/** As it is written here: no compiler has been at it. */
const classOf = (source: string): Class => runInThisContext(`(${source})`) as Class;

describe("the names of a constructor's parameters", () => {
  for (const [source, names] of [
    ['class {}', []],
    ['class { constructor() {} }', ['']],
    ['class { constructor(clock, mailer) {} }', ['clock', 'mailer']],
    ['class { constructor (clock) {} }', ['clock']],
    ['class { constructor(\n    clock,\n    $mailer_2) {} }', ['clock', '$mailer_2']],
    ['class { constructor(clock, ...rest) {} }', ['clock', 'rest']],
    ['class { constructor(a = f(1, 2), b = [1, 2], c = { d: 1, e: 2 }, g) {} }', ['a', 'b', 'c', 'g']],
    ['class { constructor({ a, b }, [c], d) {} }', ['', '', 'd']],
    ["class { constructor(a = 'x, y)', b) {} }", ['a', 'b']],
    ['class { constructor(a /* , no */, b) {} }', ['a', 'b']],
    ["class { text = 'constructor(no) {}'; constructor(yes) {} }", ['yes']],
    ['class { run() { this.constructor(1); } constructor(yes) {} }', ['yes']],
    ['class { $constructor(no) {} constructor(yes) {} }', ['yes']],
  ] as const) {
    it(`are ${names.map((name) => name || 'none').join(', ') || 'none'} in ${source.replaceAll('\n', ' ')}`, () => {
      deepEqual(parameterNames(classOf(source)), names);
    });
  }
});

describe('a constructor of its own', () => {
  for (const [source, isOwn] of [
    ['class {}', false],
    ['class { constructor(clock) {} }', true],
    ['class { constructor() {} }', true],
    ['class extends Object { constructor() { super(1); } }', true],
    ['class extends Object { constructor(a = 1) { super(a); } }', true],
    ['class extends Object { constructor() { super(...arguments); this.a = 1; } }', false],
    ['class extends Object { constructor() { super ( ...arguments ); } }', false],
    ['class extends Object { constructor(clock) { super(...arguments); } }', true],
    ['class { // constructor() {}\n }', false],
    ['class { a = "\\"constructor() {}" }', false],
  ] as const) {
    it(`is ${isOwn ? 'seen' : 'not seen'} in ${source.replaceAll('\n', ' ')}`, () => {
      equal(hasOwnConstructor(classOf(source)), isOwn);
    });
  }
});
