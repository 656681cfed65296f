import assert from 'node:assert/strict';
import { answer, client, own, reference } from './parity-harness.ts';
import { requestTables } from './parity-request-tables.ts';
import { routeTables } from './parity-route-tables.ts';

describe('what routing-controllers answers on Express 5, we answer', () => {
  for (const table of [...requestTables, ...routeTables]) {
    describe(table.title, () => {
      // Ours first: where routing-controllers changes shared state, it can't help us.
      const clients = [client(own(table)), client(reference(table))] as const;
      for (const each of table.cases) {
        it(`${each[0].toUpperCase()} ${each[1].slice(0, 80)}`, async () => {
          const [ours, theirs] = [await answer(clients[0], each), await answer(clients[1], each)];
          assert.deepEqual(ours, theirs);
        });
      }
    });
  }
});
