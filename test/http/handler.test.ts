import assert from 'node:assert/strict';
import cookieParser from 'cookie-parser';
import express, { type Request, type Response } from 'express';
import {
  Body,
  BodyParam,
  CookieParam,
  CurrentUser,
  Get,
  JsonController,
  Params,
  Post,
  Req,
  UseBefore,
} from 'routing-controllers';
import supertest from 'supertest';
import { createHandler } from '#lib/http/handler.js';
import { Router } from '#lib/http/router.js';
import { serve } from './served-app.ts';

@JsonController('/here')
class Here {
  @Get('/params/:id')
  params(@Params() params: object, @Req() { baseUrl, url }: Request) {
    return { params, baseUrl, url };
  }

  @Post('/body')
  body(@Body() body: unknown) {
    return { body };
  }

  @Post('/form')
  form(@BodyParam('name') name: string, @BodyParam('age') age: number) {
    return { name, age };
  }

  @Get('/cookie')
  cookie(@CookieParam('seen') seen: string) {
    return { seen };
  }

  @Get('/user')
  user(@CurrentUser() user: unknown) {
    return { user: user ?? null };
  }

  @Get('/needed')
  needed(@CurrentUser({ required: true }) user: unknown) {
    return { user };
  }

  @Get('/skipped/:id')
  @UseBefore((request: Request, _response: Response, next: (to: string) => void) => {
    request.url = '/elsewhere';
    next('route');
  })
  skipped() {
    return 'never';
  }
}

describe('the handler in an app', () => {
  it('works below a path and sees the parameters of its mount', async () => {
    const { request } = serve([Here], { mountedAt: '/tenants/:tenant' });
    await request
      .get('/tenants/acme/here/params/7')
      .expect(200, { params: { tenant: 'acme', id: '7' }, baseUrl: '/tenants/acme', url: '/here/params/7' });
  });

  it('leaves what it does not serve to the app, as it came', async () => {
    const { app, request } = serve([Here], { mountedAt: '/tenants/:tenant' });
    app.use((incoming, response) => {
      response.json({ url: incoming.url, params: { ...incoming.params }, baseUrl: incoming.baseUrl });
    });
    await request
      .get('/tenants/acme/elsewhere')
      .expect(200, { url: '/tenants/acme/elsewhere', params: {}, baseUrl: '' });
    await request
      .get('/tenants/acme/here/skipped/1')
      .expect(200, { url: '/tenants/acme/here/skipped/1', params: {}, baseUrl: '' });
  });

  it('never calls the app after an answer', async () => {
    const { app, request } = serve([Here]);
    let calls = 0;
    app.use((_request, _response, next) => {
      calls++;
      next();
    });
    await request.get('/here/params/1').expect(200);
    assert.equal(calls, 0);
  });

  it('takes a body that the app has read, whatever it is', async () => {
    const { request } = serve([Here], { before: [express.text({ type: '*/*' })] });
    await request
      .post('/here/body')
      .send({ a: 1 })
      .expect(200, { body: { a: 1 } });
    const parsed = serve([Here], {
      before: [(incoming, _response, next) => ((incoming.body = ['app']), next())],
    });
    await parsed.request
      .post('/here/body')
      .send({ a: 1 })
      .expect(200, { body: ['app'] });
  });

  it('reads forms for JSON actions, too', async () => {
    const { request } = serve([Here]);
    await request
      .post('/here/form')
      .type('form')
      .send('name=Ada+L&age=36')
      .expect(200, { name: 'Ada L', age: 36 });
    await request.post('/here/form').type('form').send('name=Ada&age=old').expect(400);
  });

  it('takes cookies that the app has parsed', async () => {
    const { request } = serve([Here], { before: [cookieParser()] });
    await request.get('/here/cookie').set('cookie', 'seen=yes').expect(200, { seen: 'yes' });
  });

  it('takes request.user where the host has no currentUserChecker', async () => {
    const user = (value: unknown) =>
      serve([Here], {
        before: [(incoming, _response, next) => (Object.assign(incoming, { user: value }), next())],
      });
    await user({ id: 1 })
      .request.get('/here/user')
      .expect(200, { user: { id: 1 } });
    await user(undefined).request.get('/here/user').expect(200, { user: null });
    await user(undefined).request.get('/here/needed').expect(401);
    await serve([Here]).request.get('/here/user').expect(500);
  });

  it('answers 400 for a parameter that is not decodable, or passes that on', async () => {
    await serve([Here]).request.get('/here/params/%zz').expect(400);
    const { app, request } = serve([Here], { options: { defaultErrorHandler: false } });
    app.set('env', 'test');
    await request.get('/here/params/%zz').expect(400, /malformed percent-encoding/);
    await request.get('/nowhere/%zz').expect(404);
    await request.options('/here/params/%zz').expect(404);
  });

  it('serves nothing while nothing is mounted', async () => {
    const app = express().use(createHandler(new Router()));
    await supertest(app).get('/').expect(404);
  });
});
