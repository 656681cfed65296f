import { match } from 'node:assert/strict';
import { statusTable } from '#lib/cli/status-table.js';

describe("the plugins' table", () => {
  it('has the warnings of a plugin below it', () => {
    const table = statusTable([
      {
        name: 'shop',
        version: '1.0.0',
        description: '',
        state: 'running',
        generation: 1,
        placement: 'inline',
        critical: false,
        startMs: 12.3,
        routes: [],
        imports: [],
        exports: [],
        warnings: ['GET /:id is shadowed.'],
      },
    ]);
    match(table, /shop.*12 ms/);
    match(table, /\n! shop: GET \/:id is shadowed\./);
  });
});
