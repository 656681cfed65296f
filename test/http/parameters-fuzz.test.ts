import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { IsArray, IsBoolean, IsDate, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import {
  Body,
  BodyParam,
  CookieParam,
  Get,
  HeaderParam,
  JsonController,
  Param,
  Post,
  QueryParam,
  QueryParams,
} from 'routing-controllers';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { serve } from './served-app.ts';

enum Colour {
  red = 'red',
  blue = 'blue',
}

class Nested {
  @IsInt()
  n!: number;
}

class Dto {
  @IsString()
  s!: string;

  @IsOptional()
  @IsInt()
  i?: number;

  @IsOptional()
  @IsBoolean()
  b?: boolean;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  list?: string[];

  @IsOptional()
  @IsDate()
  @Type(() => Date)
  d?: Date;

  @IsOptional()
  @ValidateNested()
  @Type(() => Nested)
  nested?: Nested;
}

const wrong: string[] = [];

/** Notes a value that is there and is not what its parameter says. */
function expectType(kind: string, value: unknown): object {
  if (value !== undefined && value !== null && !isOf(kind, value)) {
    wrong.push(`${kind}: ${typeof value} ${JSON.stringify(value)}`);
  }
  return { ok: true };
}

function isOf(kind: string, value: unknown): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'date':
      return value instanceof Date && !Number.isNaN(value.getTime());
    case 'strings':
      return Array.isArray(value);
    case 'numbers':
      return Array.isArray(value) && value.every((item) => isOf('number', item));
    case 'booleans':
      return Array.isArray(value) && value.every((item) => isOf('boolean', item));
    case 'dates':
      return Array.isArray(value) && value.every((item) => isOf('date', item));
    case 'dto':
      return value instanceof Dto && isValid(value);
    default:
      throw new Error(kind);
  }
}

function isValid({ s, i, b, list, d, nested }: Dto): boolean {
  return (
    typeof s === 'string' &&
    (i === undefined || i === null || Number.isInteger(i)) &&
    (b === undefined || b === null || typeof b === 'boolean') &&
    (list === undefined || list === null || list.every((item) => typeof item === 'string')) &&
    (d === undefined || d === null || isOf('date', d)) &&
    // As class-validator has it, several are right where one is.
    [nested ?? []].flat().every((one) => one instanceof Nested && Number.isInteger(one.n))
  );
}

@JsonController()
class Readers {
  @Get('/param/number/:v') paramNumber(@Param('v') v: number) {
    return expectType('number', v);
  }
  @Get('/param/boolean/:v') paramBoolean(@Param('v') v: boolean) {
    return expectType('boolean', v);
  }
  @Get('/param/string/:v') paramString(@Param('v') v: string) {
    return expectType('string', v);
  }
  @Get('/param/enum/:v') paramEnum(@Param('v') v: Colour) {
    return expectType('string', v);
  }
  @Get('/param/date/:v') paramDate(@Param('v') v: Date) {
    return expectType('date', v);
  }
  @Get('/query/number') queryNumber(@QueryParam('v') v: number) {
    return expectType('number', v);
  }
  @Get('/query/boolean') queryBoolean(@QueryParam('v') v: boolean) {
    return expectType('boolean', v);
  }
  @Get('/query/string') queryString(@QueryParam('v') v: string) {
    return expectType('string', v);
  }
  @Get('/query/enum') queryEnum(@QueryParam('v') v: Colour) {
    return expectType('string', v);
  }
  @Get('/query/date') queryDate(@QueryParam('v') v: Date) {
    return expectType('date', v);
  }
  @Get('/query/strings') queryStrings(@QueryParam('v') v: string[]) {
    return expectType('strings', v);
  }
  @Get('/query/numbers') queryNumbers(@QueryParam('v', { isArray: true, type: Number }) v: number[]) {
    return expectType('numbers', v);
  }
  @Get('/query/booleans') queryBooleans(@QueryParam('v', { isArray: true, type: Boolean }) v: boolean[]) {
    return expectType('booleans', v);
  }
  @Get('/query/dates') queryDates(@QueryParam('v', { isArray: true, type: Date }) v: Date[]) {
    return expectType('dates', v);
  }
  @Get('/query/dto') queryDto(@QueryParam('v') v: Dto) {
    return expectType('dto', v);
  }
  @Get('/queries') queries(@QueryParams() v: Dto) {
    return expectType('dto', v);
  }
  @Get('/header/number') headerNumber(@HeaderParam('x-v') v: number) {
    return expectType('number', v);
  }
  @Get('/header/boolean') headerBoolean(@HeaderParam('x-v') v: boolean) {
    return expectType('boolean', v);
  }
  @Get('/header/string') headerString(@HeaderParam('x-v') v: string) {
    return expectType('string', v);
  }
  @Get('/header/date') headerDate(@HeaderParam('x-v') v: Date) {
    return expectType('date', v);
  }
  @Get('/header/dto') headerDto(@HeaderParam('x-v') v: Dto) {
    return expectType('dto', v);
  }
  @Get('/cookie/number') cookieNumber(@CookieParam('v') v: number) {
    return expectType('number', v);
  }
  @Get('/cookie/boolean') cookieBoolean(@CookieParam('v') v: boolean) {
    return expectType('boolean', v);
  }
  @Get('/cookie/string') cookieString(@CookieParam('v') v: string) {
    return expectType('string', v);
  }
  @Get('/cookie/date') cookieDate(@CookieParam('v') v: Date) {
    return expectType('date', v);
  }
  @Get('/cookie/dto') cookieDto(@CookieParam('v') v: Dto) {
    return expectType('dto', v);
  }
  @Post('/body/number') bodyNumber(@BodyParam('v') v: number) {
    return expectType('number', v);
  }
  @Post('/body/boolean') bodyBoolean(@BodyParam('v') v: boolean) {
    return expectType('boolean', v);
  }
  @Post('/body/string') bodyString(@BodyParam('v') v: string) {
    return expectType('string', v);
  }
  @Post('/body/enum') bodyEnum(@BodyParam('v') v: Colour) {
    return expectType('string', v);
  }
  @Post('/body/date') bodyDate(@BodyParam('v') v: Date) {
    return expectType('date', v);
  }
  @Post('/body/numbers') bodyNumbers(@BodyParam('v', { isArray: true, type: Number }) v: number[]) {
    return expectType('numbers', v);
  }
  @Post('/body/booleans') bodyBooleans(@BodyParam('v', { isArray: true, type: Boolean }) v: boolean[]) {
    return expectType('booleans', v);
  }
  @Post('/body/dto') bodyDto(@BodyParam('v') v: Dto) {
    return expectType('dto', v);
  }
  @Post('/body') body(@Body() v: Dto) {
    return expectType('dto', v);
  }
  @Post('/bodies') bodies(@Body({ type: Dto }) v: Dto[]) {
    if (Array.isArray(v)) for (const one of v) expectType('dto', one);
    return { ok: true };
  }
}

const awkward = [
  '',
  ' ',
  '\t',
  ...words('0 -0 1 -1.5 1e3 1e999 0x10 0b1 NaN Infinity 1,5 １ true false TRUE yes on null undefined'),
  ...words('[] {} [1] "a" {"s":"a"} {"s":1} [{"s":"a"}] {"s":"a","nested":null} {"s":"a","nested":[]}'),
  ...words('{"s":"a","nested":5} {"__proto__":{"s":"a"}} {"constructor":{"name":"x"},"s":"a"}'),
  ...words('{"s":"a","d":"never"} {"s":"a","d":{}} 2020-02-30 2020-01-01 99999999999999999'),
  ...words('red Red __proto__ constructor % %zz'),
];
const raw = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.double().map(String),
  fc.json({ maxDepth: 2 }),
  fc.constant('9'.repeat(3_000)),
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...awkward),
  fc.record(
    {
      s: fc.oneof(fc.string(), fc.jsonValue()),
      i: fc.oneof(fc.integer(), fc.jsonValue()),
      b: fc.oneof(fc.boolean(), fc.jsonValue()),
      list: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      d: fc.oneof(fc.date({ noInvalidDate: true }), fc.jsonValue()),
      nested: fc.oneof(fc.record({ n: fc.integer() }), fc.jsonValue()),
      ['constructor']: fc.jsonValue(),
      extra: fc.oneof(fc.constantFrom({ ['constructor']: 1 }, [{ ['constructor']: 'x' }]), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

describe('whatever a client sends', () => {
  let server: Server;
  const failures: string[] = [];

  before(async () => {
    const { app, reported } = serve([Readers], {
      onError: (error) => failures.push(error instanceof Error ? String(error.stack) : String(error)),
    });
    assert.deepEqual(reported, []);
    server = createServer(app as Parameters<typeof createServer>[1]).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    wrong.length = 0;
    failures.length = 0;
  });

  const kinds = ['number', 'boolean', 'string', 'enum', 'date'];

  it('in a path is of its type in the action, or 400', async () => {
    await check(fc.tuple(fc.constantFrom(...kinds), raw), async ([kind, value]) =>
      answers({ path: `/param/${kind}/${encodeURIComponent(toWellFormed(value))}` }, [200, 400, 404]),
    );
  });

  it('in a query is of its type in the action, or 400', async () => {
    const kind = fc.constantFrom(...kinds, 'strings', 'numbers', 'booleans', 'dates', 'dto');
    await check(fc.tuple(kind, fc.array(raw, { maxLength: 3 })), async ([kind, values]) =>
      answers({ path: `/query/${kind}?${values.map((value) => pair('v', value)).join('&')}` }),
    );
  });

  it('in a whole query is of its type in the action, or 400', async () => {
    const key = fc.constantFrom('s', 'i', 'b', 'list', 'd', 'nested', '__proto__', 'constructor', 'toString');
    await check(fc.array(fc.tuple(key, raw), { maxLength: 6 }), async (pairs) =>
      answers({ path: `/queries?${pairs.map(([key, value]) => pair(key, value)).join('&')}` }),
    );
  });

  it('in a header is of its type in the action, or 400', async () => {
    const kind = fc.constantFrom('number', 'boolean', 'string', 'date', 'dto');
    await check(fc.tuple(kind, raw), async ([kind, value]) =>
      answers({ path: `/header/${kind}`, headers: { 'x-v': printable(value) } }),
    );
  });

  it('in a cookie is of its type in the action, or 400', async () => {
    const kind = fc.constantFrom('number', 'boolean', 'string', 'date', 'dto');
    await check(fc.tuple(kind, raw, fc.boolean()), async ([kind, value, encoded]) => {
      const text = encoded ? encodeURIComponent(toWellFormed(value)) : printable(value);
      await answers({ path: `/cookie/${kind}`, headers: { cookie: `v=${text}` } });
    });
  });

  it('in a part of a body is of its type in the action, or 400', async () => {
    const kind = fc.constantFrom(...kinds, 'numbers', 'booleans', 'dto');
    await check(fc.tuple(kind, json), async ([kind, v]) => {
      await answers({ path: `/body/${kind}`, body: JSON.stringify({ v }) });
    });
  });

  it('in a part of a form is of its type in the action, or 400', async () => {
    const kind = fc.constantFrom(...kinds, 'numbers', 'booleans', 'dto');
    const key = fc.constantFrom('v', 'v[]', 'v[a]', 'v[0]', 'v[__proto__]', 'v[s]', 'v[constructor]');
    await check(fc.tuple(kind, fc.array(fc.tuple(key, raw), { maxLength: 4 })), async ([kind, pairs]) => {
      const body = pairs.map(([key, value]) => pair(key, value)).join('&');
      await answers({ path: `/body/${kind}`, body, type: 'application/x-www-form-urlencoded' });
    });
  });

  it('as a body is of its type in the action, or 400', async () => {
    const path = fc.constantFrom('/body', '/bodies');
    await check(fc.tuple(path, fc.oneof(json, fc.array(json, { maxLength: 3 }))), async ([path, value]) =>
      answers({ path, body: JSON.stringify(value) }),
    );
  });

  interface Sent {
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly type?: string;
  }

  async function answers(
    { path, headers, body, type = 'application/json' }: Sent,
    allowed = [200, 400],
  ): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request({
      port,
      host: '127.0.0.1',
      path,
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      // A hang is a failure of its own, not one of the test runner.
      timeout: 5_000,
    });
    sent.on('timeout', () => sent.destroy(new Error(`No answer to ${path}`)));
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const answer = await text(response);
    assert.ok(
      allowed.includes(response.statusCode ?? 0),
      `${response.statusCode} ${answer} ${failures.join()}`,
    );
    assert.deepEqual([wrong.splice(0), failures.splice(0)], [[], []]);
    if (response.statusCode !== 400) return;
    const { name, message } = JSON.parse(answer) as { name: string; message: string };
    assert.match(name, /Error$/);
    assert.match(message, /invalid|Invalid|required|JSON|malformed|Unexpected|Expected|expected/);
  }

  async function check<T>(values: fc.Arbitrary<T>, run: (value: T) => Promise<void>): Promise<void> {
    await fc.assert(fc.asyncProperty(values, run), { numRuns: 100 });
  }
});

function pair(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(toWellFormed(value))}`;
}

/** A lone surrogate can't be sent. */
function toWellFormed(value: string): string {
  return Buffer.from(value).toString();
}

/** What may stand in a header. */
function printable(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}

function words(text: string): string[] {
  return text.split(' ');
}
