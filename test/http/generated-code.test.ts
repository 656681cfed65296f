import { deepEqual, equal } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { assert as check, property, string } from 'fast-check';
import { GeneratedCode, propertyOf } from '#lib/http/generated-code.js';
import { runScript } from '../support/scripts.ts';

const bodies = fileURLToPath(new URL('../fixtures/http/bodies.ts', import.meta.url));

describe('generated code', () => {
  it('reads a property whatever its name is', () => {
    check(
      property(string({ unit: 'binary' }), (name) => {
        const code = new GeneratedCode();
        code.add(`return ${propertyOf('object', name)} === ${code.use('the value')};`);
        const reads = code.compile('object') as (object: object) => boolean;
        equal(reads(Object.fromEntries([[name, 'the value']])), true);
        equal(reads({}), false);
      }),
    );
  });

  it('is not needed: where Node may generate none, bodies are made and validated all the same', () => {
    const customer = { name: 'Ada' };
    const answers = runScript(bodies, '--disallow-code-generation-from-strings') as [number, object][];
    deepEqual(answers[0], [
      200,
      { isOrder: true, isCustomer: true, order: { quantity: 2, customer, more: [1] } },
    ]);
    equal(answers[1]?.[0], 400);
    deepEqual(answers, runScript(bodies));
  });
});
