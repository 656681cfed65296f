import { deepEqual } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { runScript } from '../../../support/scripts.ts';

const found = [200, { id: 1, title: 'Move over' }];

describe('the handlers of docs/routing-controllers.md', () => {
  it('serve in the place of routing-controllers', () => {
    deepEqual(runScript(fileURLToPath(new URL('./answers.ts', import.meta.url))), {
      app: found,
      missing: [404, { name: 'NotFoundError', message: 'There is no todo 2.' }],
      alone: found,
      fromFiles: found,
      injected: found,
      likeBefore: found,
    });
  });
});
