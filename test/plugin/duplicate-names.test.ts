import { deepEqual, equal } from 'node:assert/strict';
import { findDuplicateNames } from '#lib/plugin/duplicate-names.js';

describe('plugins of one name', () => {
  it('leave it to the first, and each later one is told who has it', () => {
    const [one, two, three] = [
      { name: 'shop', from: './plugins/shop' },
      { name: 'cart', from: './plugins/cart' },
      { name: 'shop', from: 'shop-package' },
    ] as const;
    const faults = findDuplicateNames([one, two, three]);
    deepEqual([...faults.keys()], [three]);
    equal(
      faults.get(three)?.message,
      'There are two plugins named "shop": ./plugins/shop has the name, and shop-package asks for it.',
    );
    equal(faults.get(three)?.code, 'DUPLICATE_NAME');
  });
});
