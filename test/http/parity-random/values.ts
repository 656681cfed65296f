import * as fc from 'fast-check';
import type { Question } from './twins.ts';

const simple =
  'true false 0 1 -1 2.5 1e3 0x1f NaN Infinity -0 1_000 ٣ null undefined abc toolong 2020-01-02 2020-13-45 TRUE yes é€ ' +
  '2020-01-02T03:04:05Z [] [1] {} {"a":1} {"number":3,"flag":true} "x" { [ \\ %';
const words = fc.constantFrom('', ' 7 ', '{"text":"much too long"}', ...simple.split(' '));
const value = fc.oneof(
  { weight: 5, arbitrary: words },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
);
const key = fc.constantFrom('number', 'flag', 'date', 'text', 'list', 'any');
const suffix = fc.constantFrom('', '', '', '', '', '[]', '[a]', '[0]', '[2]', '.a');
const pair = fc
  .tuple(key, suffix, fc.option(value, { freq: 8 }))
  .map(([name, more, one]) => name + more + (one === null ? '' : `=${encodeURIComponent(one)}`));
const querystring = fc.array(pair, { maxLength: 6 }).map((pairs) => pairs.join('&'));

const queryAction = fc.constantFrom('each', 'lists', 'required', 'json', 'class', 'all', 'object');
const query = fc.tuple(queryAction, querystring).map(([action, text]) => get(`/queries/${action}?${text}`));

const headerValue = value.filter((text) => /^[\x20-\x7e]*$/.test(text));
const headers = fc
  .dictionary(fc.constantFrom('x-number', 'X-Flag', 'x-text'), headerValue, { maxKeys: 3 })
  .map((sent) => get('/queries/headers', { ...sent }));

const cookie = fc
  .tuple(
    fc.constantFrom('number', 'flag', 'text', ' number ', 'other', ''),
    fc.constantFrom('=', '=', '=', ' = ', ''),
    value,
  )
  .map(([name, equals, one]) => name + equals + (one.length % 2 === 0 ? encodeURIComponent(one) : one))
  .filter((text) => /^[\x20-\x7e]*$/.test(text));
const cookies = fc
  .array(cookie, { minLength: 1, maxLength: 4 })
  .map((all) => get('/queries/cookies', { cookie: all.join(';') }));

// One that is empty would be another path; dots alone are taken out by some clients.
const inPath = value.filter((text) => text !== '').map(encodeURIComponent);
const path = fc.tuple(inPath, inPath, inPath).map((parts) => get(`/queries/path/${parts.join('/')}`));
const pathClass = fc.tuple(inPath, inPath).map((parts) => get(`/queries/path-class/${parts.join('/')}`));

export const parameterQuestions: fc.Arbitrary<Question> = fc.oneof(
  { weight: 5, arbitrary: query },
  { weight: 1, arbitrary: headers },
  { weight: 1, arbitrary: cookies },
  { weight: 1, arbitrary: path },
  { weight: 1, arbitrary: pathClass },
);

function get(path: string, sent: Readonly<Record<string, string>> = {}): Question {
  return { method: 'GET', path, headers: sent };
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    0,
    -1,
    3,
    2.5,
    1e21,
    '',
    'a',
    '3',
    'true',
    true,
    false,
    '2020-01-02',
    'never',
    [],
    {},
    [1],
    ['a'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const orJunk = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: junk });

const part = fc.record(
  { label: orJunk(fc.string({ maxLength: 3 })), size: orJunk(fc.integer({ max: 110, min: 0 })), extra: junk },
  { requiredKeys: ['label', 'size'] },
);
const item = fc.record(
  {
    name: orJunk(fc.string({ minLength: 1, maxLength: 8 })),
    count: orJunk(fc.nat()),
    flag: orJunk(fc.boolean()),
    at: orJunk(fc.constantFrom('2020-01-02', '2020-01-02T03:04:05Z', 0)),
    part: orJunk(part),
    tags: orJunk(fc.array(orJunk(fc.string({ maxLength: 3 })), { maxLength: 2 })),
    parts: orJunk(fc.array(orJunk(part), { maxLength: 2 })),
    extra: junk,
  },
  { requiredKeys: [] },
);
const fullItem = fc
  .tuple(item, part)
  .map(([some, one]) => ({ name: 'a', count: 1, flag: true, part: one, ...some }));

const json = fc.oneof(
  { weight: 4, arbitrary: fullItem as fc.Arbitrary<unknown> },
  { weight: 2, arbitrary: item as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.array(fullItem, { maxLength: 2 }) as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: junk },
);
const broken = fc.constantFrom(
  '',
  '{',
  '[',
  '{"a":}',
  '"text"',
  '1',
  'null',
  ' ',
  '{"a":1}}',
  "{'a':1}",
  '\u0000',
  '{"__proto__":{"a":1}}',
);
const jsonTypes = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'];
const otherTypes = [
  'application/vnd.api+json',
  'text/plain',
  'text/html',
  'nonsense',
  'application/json; charset=nope',
];
const type = fc.constantFrom(...jsonTypes, ...jsonTypes, ...otherTypes);
const action = fc.constantFrom(
  'bodies/item',
  'bodies/item',
  'bodies/required',
  'bodies/strict',
  'bodies/items',
  'bodies/any',
  'bodies/parts',
  'texts',
);

export const bodyQuestions: fc.Arbitrary<Question> = fc
  .record({
    action,
    body: fc.oneof(
      { weight: 6, arbitrary: json.map((one) => JSON.stringify(one)) },
      { weight: 2, arbitrary: broken },
    ),
    type: fc.option(type, { freq: 20 }),
  })
  .map(({ action, body, type }) => ({
    method: 'POST',
    path: `/${action}`,
    headers: type === null ? undefined : { 'content-type': type },
    body,
  }));
