import { equal, notEqual } from 'node:assert/strict';
import { token, tokenName } from '#lib/plugin/tokens.js';

describe('a token', () => {
  it('is the same for the same name, across packages and builds', () => {
    equal(token('clock'), token('clock'));
    notEqual(token('clock'), token('watch'));
    equal(token('clock'), Symbol.for('plugboard:clock'));
  });

  it('goes by its name in messages', () => {
    class Clock {}
    equal(tokenName(Clock), 'Clock');
    equal(tokenName(token('clock')), 'clock');
    equal(tokenName(Symbol('mine')), 'mine');
    equal(tokenName(Symbol()), 'symbol');
    equal(tokenName(class {}), '(anonymous class)');
    equal(tokenName('text'), 'text');
  });
});
