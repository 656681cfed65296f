import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { bodyControllers, queryControllers, variants } from './parity-random/requests.ts';
import { controllerOf, questions, routes } from './parity-random/routes.ts';
import { Twins, type Question, type Reply } from './parity-random/twins.ts';
import { bodyQuestions, parameterQuestions } from './parity-random/values.ts';

// As many as take some seconds together; a longer search: RUNS=10 npx mocha test/http/parity-random.test.ts
const times = Number(process.env.RUNS ?? 1);

describe('whatever is asked, routing-controllers and the engine give the same answer', () => {
  const twins = new Twins();

  before(() => twins.start());
  after(() => twins.stop());

  async function compare(question: Question): Promise<void> {
    const [ours, theirs] = await twins.ask(question);
    if (isMalformed(theirs)) assert.ok(ours.status === 400 || ours.status === 404, ours.text);
    else if (isOfAnotherType(ours) || isConstructor(question, ours, theirs)) assert.equal(ours.status, 400);
    else if (haveSeveralWrong(question, ours, theirs)) assert.equal(ours.status, theirs.status);
    else if (!isRefusedByUs(ours) && !isListOfInstances(question))
      assert.deepEqual(ours, theirs, `${question.method} ${question.path}`);
  }

  it('on any routes', async () => {
    const declaredAndAsked = routes.chain((declared) => fc.tuple(fc.constant(declared), questions(declared)));
    const holds = fc.asyncProperty(declaredAndAsked, async ([declared, asked]) => {
      twins.serve({ controllers: [controllerOf(declared)] });
      for (const question of asked) await compare(question);
    });
    await fc.assert(holds, { numRuns: 40 * times });
  });

  for (const options of variants) {
    describe(`with ${JSON.stringify(options)}`, () => {
      it('on any parameters', async () => {
        twins.serve({ controllers: queryControllers, options, nestedQueries: true });
        await fc.assert(fc.asyncProperty(parameterQuestions, compare), { numRuns: 40 * times });
      });

      it('on any bodies', async () => {
        twins.serve({ controllers: bodyControllers, options });
        await fc.assert(fc.asyncProperty(bodyQuestions, compare), { numRuns: 40 * times });
      });
    });
  }
});

/** Difference `malformed`. */
function isMalformed({ status, text }: Reply): boolean {
  return status === 400 && (text === '' || text.includes('URIError'));
}

/** Difference `notAnInstance`. */
function isRefusedByUs({ status, text }: Reply): boolean {
  return status === 400 && /was given where one \w+ is expected/.test(text);
}

/** Difference `lists`. */
function isListOfInstances({ path, body }: Question): boolean {
  return path === '/bodies/items' && body?.startsWith('[') === true;
}

/** Difference `firstWrong`: where several parameters are wrong, one of them is named. */
function haveSeveralWrong({ path }: Question, ours: Reply, theirs: Reply): boolean {
  const mayHave = /^\/queries\/(?:each|lists|required|json|headers|cookies|path\/)|^\/bodies\/parts/.test(
    path,
  );
  return mayHave && ours.status === 400 && theirs.status === 400;
}

/** Difference `ofItsType`: the value that is named is no string, or a blank one. */
function isOfAnotherType({ status, text }: Reply): boolean {
  return status === 400 && /"ParamNormalizationError".*Value \((?:(?!\\")|\\"\s*\\"\))/.test(text);
}

/** Difference `constructors`. */
function isConstructor({ body }: Question, ours: Reply, theirs: Reply): boolean {
  return body?.includes('"constructor"') === true && ours.status === 400 && theirs.status === 500;
}
