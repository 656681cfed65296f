import { equal, notEqual } from 'node:assert/strict';
import { isExtensionPoint } from '#lib/plugin/extension-point.js';
import { extensionPoint, token } from 'plugboard';

describe('an extension point', () => {
  it('is the same wherever it is made by the same name', () => {
    equal(extensionPoint('site.menu'), extensionPoint('site.menu'));
    notEqual(extensionPoint('site.menu'), extensionPoint('site.footer'));
  });

  it('is told from every other token', () => {
    equal(isExtensionPoint(extensionPoint('site.menu')), true);
    for (const other of [token('site.menu'), Symbol('site.menu'), Symbol.for(''), class Menu {}]) {
      equal(isExtensionPoint(other), false);
    }
    // oxlint-disable-next-line symbol-description -- a symbol may have none
    equal(isExtensionPoint(Symbol()), false);
  });
});
