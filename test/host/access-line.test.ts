import { deepEqual, equal } from 'node:assert/strict';
import { pino } from 'pino';
import type { AnsweredRequest } from 'plugboard';
import { accessFields, accessLine, accessMessage } from '#lib/hosting/access-line.js';
import { Secrets } from '#lib/services/secrets.js';

const answered: AnsweredRequest = {
  plugin: 'shop',
  generation: 1,
  method: 'GET',
  route: '/items/:id',
  path: '/items/7',
  status: 200,
  aborted: false,
  ms: 0.412_345,
  bytes: 213,
  requestId: 'r1',
};

/** The same as pino has it. */
function byPino(request: AnsweredRequest): unknown {
  let line = '';
  pino({ level: 'trace' }, { write: (text: string) => (line = text) }).info(
    accessFields(request),
    accessMessage(request),
  );
  return withoutTime(line);
}

function withoutTime(line: string): unknown {
  return Object.entries(JSON.parse(line) as object).filter(([name]) => name !== 'time');
}

describe('the line of a request', () => {
  for (const [what, request] of [
    ['of a plugin', answered],
    [
      'of the host itself',
      { ...answered, plugin: undefined, generation: 0, route: 'unmatched', status: 404 },
    ],
    ['whose client went', { ...answered, status: 499, aborted: true, bytes: 0 }],
    [
      'with all that JSON must escape',
      { ...answered, path: '/"\\\n\u2028\ud800é', requestId: '"', method: 'A"' },
    ],
  ] as const)
    it(`is what pino writes, field by field, for one ${what}`, () => {
      const line = accessLine(request, 'info', new Secrets());
      deepEqual(withoutTime(line), byPino(request));
      equal(line.at(-1), '\n');
    });

  it('has no secret, wherever a client has put it', () => {
    const secrets = new Secrets();
    secrets.add('geheim-geheim');
    const line = accessLine(
      { ...answered, path: '/items/geheim-geheim', requestId: 'geheim-geheim' },
      'info',
      secrets,
    );
    const { path, requestId, msg } = JSON.parse(line) as Record<string, unknown>;
    deepEqual([path, requestId, msg], ['/items/[secret]', '[secret]', 'GET /items/[secret] 200 0.412 ms']);
  });
});
