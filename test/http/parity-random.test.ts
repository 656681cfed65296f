import assert from 'node:assert/strict';
import fc from 'fast-check';
import { controllerOf, questions, routes } from './parity-random/routes.ts';
import { Twins } from './parity-random/twins.ts';

describe('whatever is asked, routing-controllers and the engine give the same answer', () => {
  const twins = new Twins();

  before(() => twins.start());
  after(() => twins.stop());

  it('on any routes', async () => {
    const declaredAndAsked = routes.chain((declared) => fc.tuple(fc.constant(declared), questions(declared)));
    const holds = fc.asyncProperty(declaredAndAsked, async ([declared, asked]) => {
      twins.serve({ controllers: [controllerOf(declared)] });
      for (const question of asked) {
        const [ours, theirs] = await twins.ask(question);
        assert.deepEqual(ours, theirs, `${question.method} ${question.path}`);
      }
    });
    await fc.assert(holds, { numRuns: Number(process.env.RUNS ?? 100) });
  });
});
