import { deepEqual } from 'node:assert/strict';
import { closeHosts, removeFolders } from '../host/hosting.ts';
import { Arena } from './arena.ts';
import { faults } from './faults/faults.ts';
import { Matrix } from './matrix.ts';

const times = { start: 'at its start', serving: 'while it serves', stopping: 'while it is stopped' } as const;

describe('whatever breaks in a plugin, and whenever', function () {
  this.timeout(30_000);
  const matrix = new Matrix();
  let arena: Arena;

  before(async () => {
    arena = await Arena.open();
  });
  after(async () => {
    deepEqual((await arena.load.stop()).failed, []);
    await closeHosts();
    await removeFolders();
    if (process.env['CHAOS_REPORT']) process.stdout.write(matrix.report());
  });

  for (const [kind, ofKind] of Object.entries(faults)) {
    describe(`no request to the others fails: ${kind}`, () => {
      for (const { title, at } of ofKind) {
        for (const when of ['start', 'serving', 'stopping'] as const) {
          const trial = at[when];
          matrix.plan(kind, when, trial);
          if (typeof trial === 'string') continue;
          it(`${title}, ${times[when]}`, async () => {
            const quiet = await arena.load.lap(48);
            const seen = await arena.attempt(trial);
            const under = await arena.load.lap();
            matrix.note(kind, when, { quiet, under });
            deepEqual(seen, trial.expected);
            deepEqual([...quiet.failed, ...under.failed], []);
          });
        }
      }
    });
  }

  // In a suite of its own: those come after one another, and after the tests of this one.
  describe('afterwards', () => {
    it('the others are what they were, and of the rest nothing is left', () => {
      const { host } = arena;
      for (const name of ['catalog', 'shop', 'a-healthy']) {
        const { state, generation, failure } = arena.statusOf(name);
        deepEqual([state, generation, failure], ['running', 1, undefined], name);
      }
      const others = host.plugins.slice(3).map(({ state }) => state);
      deepEqual(new Set(others), new Set(['stopped']));
    });
  });
});
