import assert from 'node:assert/strict';
import fc from 'fast-check';
import { controllerOf, questions, routes } from './parity-random/routes.ts';
import { Twins, type Reply } from './parity-random/twins.ts';

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
        if (isMalformed(theirs)) assert.ok(ours.status === 400 || ours.status === 404, ours.text);
        else assert.deepEqual(ours, theirs, `${question.method} ${question.path}`);
      }
    });
    await fc.assert(holds, { numRuns: Number(process.env.RUNS ?? 100) });
  });
});

/** Difference `malformed`. */
function isMalformed({ status, text }: Reply): boolean {
  return status === 400 && (text === '' || text.includes('URIError'));
}
