import { deepEqual, equal } from 'node:assert/strict';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { Get, JsonController, QueryParam, QueryParams } from 'routing-controllers';
import { Plugin } from 'plugboard';
import { serve } from '../served-app.ts';
import { sameAnswers } from './same-answers.ts';

class Filter {
  @IsOptional()
  @IsString()
  name?: string;

  @IsOptional()
  @IsInt()
  limit?: number;
}

function typed(value: unknown): object {
  return { type: Array.isArray(value) ? 'array' : typeof value, value };
}

@Plugin({ name: 'queries' })
@JsonController('/queries')
class QueriesPlugin {
  @Get('/string') string(@QueryParam('a') a: string) {
    return typed(a);
  }
  @Get('/number') number(@QueryParam('a') a: number) {
    return typed(a);
  }
  @Get('/boolean') boolean(@QueryParam('a') a: boolean) {
    return typed(a);
  }
  @Get('/date') date(@QueryParam('a') a: Date) {
    return { isDate: a instanceof Date, value: a };
  }
  @Get('/strings') strings(@QueryParam('a') a: string[]) {
    return typed(a);
  }
  @Get('/numbers') numbers(@QueryParam('a', { isArray: true, type: Number }) a: number[]) {
    return typed(a);
  }
  @Get('/booleans') booleans(@QueryParam('a', { isArray: true, type: Boolean }) a: boolean[]) {
    return typed(a);
  }
  @Get('/brackets') brackets(@QueryParam('a[]') a: string[], @QueryParam('a[0]') first: string) {
    return { a: a ?? null, first: first ?? null };
  }
  @Get('/required') required(@QueryParam('a', { required: true }) a: string) {
    return typed(a);
  }
  @Get('/filter') filter(@QueryParams() filter: Filter) {
    return { filter, isFilter: filter instanceof Filter };
  }
  @Get('/all') all(@QueryParams() all: Record<string, unknown>) {
    return { keys: Object.keys(all), admin: all['isAdmin'] ?? null };
  }
  @Get('/inherited') inherited(
    @QueryParam('constructor') constructor: unknown,
    @QueryParam('toString') text: unknown,
    @QueryParam('__proto__') prototype: unknown,
  ) {
    return { given: [constructor, text, prototype].filter((value) => value !== undefined).length };
  }
}

/** A single value was asked for, and several came. */
const several = (type: string, values: readonly string[]): object => ({
  name: 'ParamNormalizationError',
  message: `Given parameter a is invalid. Value (${JSON.stringify(values)}) cannot be parsed into ${type}.`,
});

describe('a query', () => {
  sameAnswers(
    () => ({ plugins: [QueriesPlugin] }),
    [
      {
        title: 'gives one value',
        path: '/queries/string?a=1',
        status: 200,
        json: { type: 'string', value: '1' },
      },
      {
        title: 'with a repeated key is 400 for a single string',
        path: '/queries/string?a=1&a=2',
        status: 400,
        json: several('string', ['1', '2']),
      },
      {
        title: 'with a repeated key is 400 for a single number',
        path: '/queries/number?a=1&a=2',
        status: 400,
        json: several('number', ['1', '2']),
      },
      {
        title: 'with a repeated key is 400 for a single boolean, also where both say the same',
        path: '/queries/boolean?a=true&a=true',
        status: 400,
        json: several('boolean', ['true', 'true']),
      },
      {
        title: 'with a repeated key is 400 for a single date',
        path: '/queries/date?a=2020-01-01&a=2021-01-01',
        status: 400,
        json: several('date', ['2020-01-01', '2021-01-01']),
      },
      {
        title: 'with one value gives a list of one',
        path: '/queries/strings?a=1',
        status: 200,
        json: { type: 'array', value: ['1'] },
      },
      {
        title: 'with a repeated key gives a list in its order',
        path: '/queries/strings?a=2&a=1&a=2',
        status: 200,
        json: { type: 'array', value: ['2', '1', '2'] },
      },
      {
        title: 'gives a typed list',
        path: '/queries/numbers?a=1&a=2.5',
        status: 200,
        json: { type: 'array', value: [1, 2.5] },
      },
      {
        title: 'gives a typed list of one',
        path: '/queries/numbers?a=1',
        status: 200,
        json: { type: 'array', value: [1] },
      },
      {
        title: 'gives a list of booleans',
        path: '/queries/booleans?a=true&a=0',
        status: 200,
        json: { type: 'array', value: [true, false] },
      },
      {
        title: 'is 400 where one of a typed list is of another type',
        path: '/queries/numbers?a=1&a=two',
        status: 400,
        json: {
          name: 'ParamNormalizationError',
          message: 'Given parameter a is invalid. Value ("two") cannot be parsed into number.',
        },
      },
      {
        title: 'has brackets in the names, where the app has Express’s own parser',
        path: '/queries/brackets?a[]=1&a[]=2&a[0]=3',
        status: 200,
        json: { a: ['1', '2'], first: '3' },
      },
      {
        title: 'has encoded brackets in the names',
        path: '/queries/brackets?a%5B%5D=1&a%5B0%5D=3',
        status: 200,
        json: { a: ['1'], first: '3' },
      },
      { title: 'is 400 without a number', path: '/queries/number?a=', status: 400 },
      { title: 'is 400 with blanks for a number', path: '/queries/number?a=%20', status: 400 },
      { title: 'is 400 with a key alone, for a number', path: '/queries/number?a', status: 400 },
      {
        title: 'with a key alone is a flag that is set',
        path: '/queries/boolean?a',
        status: 200,
        json: { type: 'boolean', value: true },
      },
      { title: 'is 400 where a required value is empty', path: '/queries/required?a=', status: 400 },
      { title: 'is 400 where a required value is missing', path: '/queries/required', status: 400 },
      {
        title: 'has pluses for blanks',
        path: '/queries/string?a=x+y%2B',
        status: 200,
        json: { type: 'string', value: 'x y+' },
      },
      {
        title: 'gives an instance of a class',
        path: '/queries/filter?name=x&limit=3&more=1',
        status: 200,
        json: { filter: { name: 'x', limit: 3, more: '1' }, isFilter: true },
      },
      {
        title: 'with a repeated key is 400 for a class that wants one value',
        path: '/queries/filter?name=x&name=y',
        status: 400,
      },
      {
        title: 'does not reach the prototype of a class',
        path: '/queries/filter?__proto__=x&__proto__[isAdmin]=1&constructor=x',
        status: 200,
        json: { filter: { '__proto__[isAdmin]': '1' }, isFilter: true },
      },
      {
        title: 'does not reach a prototype',
        path: '/queries/all?__proto__[isAdmin]=1&constructor[prototype][isAdmin]=1',
        status: 200,
        json: { keys: ['__proto__[isAdmin]', 'constructor[prototype][isAdmin]'], admin: null },
      },
      {
        title: 'has nothing that it was not given',
        path: '/queries/inherited',
        status: 200,
        json: { given: 0 },
      },
      {
        title: 'of a thousand keys is taken',
        path: `/queries/string?${Array.from({ length: 900 }, (_, index) => `k${index}=1`).join('&')}&a=1`,
        status: 200,
        json: { type: 'string', value: '1' },
      },
    ],
  );

  after(() => {
    equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
  });
});

describe('a query that the app parses deeply', () => {
  const { request } = serve([QueriesPlugin], {
    configure: (app) => app.set('query parser', 'extended'),
  });

  it('gives lists for brackets', async () => {
    for (const query of ['a[]=1&a[]=2', 'a[0]=1&a[1]=2', 'a=1&a=2', 'a[]=1&a=2', 'a%5B%5D=1&a%5B%5D=2'])
      await request.get(`/queries/numbers?${query}`).expect(200, { type: 'array', value: [1, 2] });
    await request.get('/queries/strings?a[]=1').expect(200, { type: 'array', value: ['1'] });
  });

  it('is 400 where one value is wanted and a list or an object comes', async () => {
    for (const type of ['string', 'number', 'boolean', 'date']) {
      for (const query of ['a[]=1', 'a[0]=1&a[1]=1', 'a[b]=1', 'a[b][c]=1', 'a[toString]=1'])
        await request.get(`/queries/${type}?${query}`).expect(400);
    }
    for (const query of ['a[][b]=1', 'a[b]=1', 'a[0]=1&a[1]=x'])
      await request.get(`/queries/numbers?${query}`).expect(400);
  });

  it('does not reach a prototype', async () => {
    const { body } = await request
      .get('/queries/filter?__proto__[isAdmin]=1&constructor[prototype][isAdmin]=1&name=x')
      .expect(200);
    deepEqual(body, { filter: { name: 'x' }, isFilter: true });
    await request.get('/queries/all?__proto__[isAdmin]=1').expect(200, { keys: [], admin: null });
    equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
  });
});
