import assert from 'node:assert/strict';
import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import express from 'express';
import {
  Body,
  BodyParam,
  CookieParam,
  Get,
  HeaderParam,
  JsonController,
  Post,
  QueryParam,
} from 'routing-controllers';
import type supertest from 'supertest';
import { serve } from './served-app.ts';

class Inner {
  @IsString()
  word!: string;
}

class Outer {
  @IsString()
  name!: string;

  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;
}

@JsonController()
class Checked {
  @Post('/outer')
  outer(@Body() outer: Outer) {
    return outer;
  }

  @Post('/outers')
  outers(@Body({ type: Outer }) outers: Outer[]) {
    return { are: outers.every((outer) => outer instanceof Outer) };
  }

  @Post('/part')
  part(@BodyParam('outer') outer: Outer) {
    return outer;
  }

  @Get('/query')
  query(@QueryParam('outer') outer: Outer) {
    return outer;
  }

  @Get('/query-list')
  queryList(@QueryParam('outer', { type: Outer }) outers: Outer[]) {
    return { are: outers.every((outer) => outer instanceof Outer) };
  }

  @Get('/header')
  header(@HeaderParam('outer') outer: Outer) {
    return outer;
  }

  @Get('/cookie')
  cookie(@CookieParam('outer') outer: Outer) {
    return outer;
  }
}

describe('a body that is not as it should be', () => {
  it('is answered by property, constraints and children, never by values', async () => {
    const { body } = await serve([Checked])
      .request.post('/outer')
      .send({ name: 1, inner: { word: 2 } })
      .expect(400);
    assert.deepEqual(body, {
      name: 'BadRequestError',
      message: "Invalid body, check 'errors' property for more info.",
      errors: [
        { property: 'name', constraints: { isString: 'name must be a string' }, children: [] },
        {
          property: 'inner',
          children: [{ property: 'word', constraints: { isString: 'word must be a string' }, children: [] }],
        },
      ],
    });
  });

  it('is refused: a list where one object is expected', async () => {
    const { request } = serve([Checked]);
    const { body } = await request
      .post('/outer')
      .send([{ name: 1 }])
      .expect(400);
    assert.match((body as Error).message, /an array was given where one Outer is expected/);
    await request.get('/query?outer={}&outer={}').expect(400);
  });

  it('is refused: an invalid element of a declared list, which routing-controllers lets pass', async () => {
    const { request } = serve([Checked]);
    const valid = { name: 'a', inner: { word: 'b' } };
    await request.post('/outers').send([valid, valid]).expect(200, { are: true });
    await request
      .post('/outers')
      .send([valid, { name: 1 }])
      .expect(400);
  });

  it('is 400 for malformed JSON, and 413 where it is too large', async () => {
    const { request } = serve([Checked], { limits: { bodyBytes: 1000 } });
    const malformed = await request
      .post('/outer')
      .set('content-type', 'application/json')
      .send('{"a"')
      .expect(400);
    assert.equal((malformed.body as Error).name, 'SyntaxError');
    const large = await request
      .post('/outer')
      .send({ name: 'x'.repeat(2000) })
      .expect(413);
    assert.deepEqual(large.body, { name: 'PayloadTooLargeError', message: 'request entity too large' });
  });
});

describe('a value that can not become an instance of its class', () => {
  const values = ['[{"name":1}]', '[]', '5', '"word"', 'true'];
  const places: Record<string, (value: string) => supertest.Test> = {
    body: (value) => parsed.post('/outer').type('json').send(value),
    'part of a body': (value) => parsed.post('/part').type('json').send(`{"outer":${value}}`),
    query: (value) => parsed.get(`/query?outer=${encodeURIComponent(value)}`),
    header: (value) => parsed.get('/header').set('outer', value),
    cookie: (value) => parsed.get('/cookie').set('cookie', `outer=${encodeURIComponent(value)}`),
  };
  // An app may have parsed the body already, and less strictly.
  const { request: parsed } = serve([Checked], { before: [express.json({ strict: false })] });

  for (const [place, ask] of Object.entries(places)) {
    it(`is refused, not passed on past validation: ${place}`, async () => {
      for (const value of values) {
        const { body } = await ask(value).expect(400);
        assert.match((body as Error).message, /expected|invalid|parse/i);
      }
    });
  }

  it('is refused in a list, too', async () => {
    await parsed.get('/query-list?outer=[5]').expect(400);
    await parsed.get('/query-list?outer=[{"name":"a","inner":{"word":"b"}}]').expect(200, { are: true });
  });
});
