import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import express, { type Express } from 'express';
import supertest from 'supertest';
import type { PluginSettings } from 'plugboard';
import { Attempts, thisMachine } from '../../plugins/dashboard/access/attempts.ts';
import { isLocal } from '../../plugins/dashboard/access/loopback.ts';
import { closeHosts, serve, statusOf, type StartedApp } from '../host/hosting.ts';
import { dashboardOptions, forEverything, token } from './dashboard-app.ts';

const paths = ['/dashboard', '/dashboard/plugins/shop', '/dashboard/graph', '/dashboard/events'];

async function start(settings: PluginSettings): Promise<StartedApp> {
  return serve(dashboardOptions(settings));
}

/** A browser that keeps its cookies and reads its form token from the page. */
async function browser(app: Express): Promise<{ readonly agent: supertest.Agent; readonly form: string }> {
  const agent = browserAgent(app);
  const { text } = await agent.get('/dashboard').expect(200);
  const [, form = ''] = /name="form-token" content="([^"]+)"/.exec(text) ?? [];
  ok(form);
  return { agent, form };
}

/** Which host a cookie is of depends on the port, and `supertest` takes a free one for each request. */
function browserAgent(app: Express): supertest.Agent {
  return supertest.agent(app).set('Host', 'localhost') as supertest.Agent;
}

/** As a browser on the machine says where a form comes from. */
function sameOrigin(request: supertest.Test): supertest.Test {
  return request.set('Host', 'localhost').set('Origin', 'http://localhost');
}

describe("the dashboard's security", () => {
  afterEach(closeHosts);

  describe('without configuration', () => {
    it('answers 404 everywhere, and says once in the log what turns it on', async () => {
      const { request, logs } = await start({});
      for (const path of [...paths, '/dashboard/sign-in']) await request.get(path).expect(404);
      await request.post('/dashboard/sign-in').send({ token: '' }).expect(404);
      await request.post('/dashboard/plugins/shop/reload').expect(404);
      const lines = logs.filter(({ message }) => message.includes('The dashboard is off'));
      equal(lines.length, 1);
      match(lines[0]?.message ?? '', /loopback: true/);
    });

    it('has no token that could be guessed', async () => {
      const { request } = await start({});
      for (const guess of ['', 'undefined', 'null', 'admin']) {
        await request.get('/dashboard').set('Authorization', `Bearer ${guess}`).expect(404);
      }
    });

    it('takes no token that is short', async () => {
      const { host } = await start({ config: { token: 'short' } });
      equal(statusOf(host, 'dashboard').failure?.code, 'INVALID_CONFIG');
    });
  });

  describe('with a token', () => {
    it('shows nothing without it, and sends browsers to sign in', async () => {
      const { request } = await start({ config: { token } });
      for (const path of paths) {
        await request.get(path).set('Accept', 'application/json').expect(401);
        await request
          .get(path)
          .set('Accept', 'text/html')
          .expect(303)
          .expect('Location', '/dashboard/sign-in');
      }
    });

    it('takes it from a client that sends it with each request', async () => {
      const { request, host } = await start({ config: { token }, grants: ['control'] });
      await request.get('/dashboard').set('Authorization', `Bearer ${token}`).expect(200);
      await request
        .post('/dashboard/plugins/shop/reload')
        .set('Authorization', `Bearer ${token}`)
        .set('Accept', 'application/json')
        .expect(200);
      equal(statusOf(host, 'shop').generation, 2);
      await request.get('/dashboard').set('Authorization', `Bearer ${token}x`).expect(303);
    });

    it('takes it once by form, and gives a cookie that scripts and other sites never see', async () => {
      const { app, logs } = await start({ config: { token } });
      const agent = browserAgent(app);
      const answer = await agent.post('/dashboard/sign-in').type('form').send({ token }).expect(303);
      const [cookie = ''] = [answer.headers['set-cookie']].flat();
      match(cookie, /; Path=\/dashboard; .*HttpOnly; SameSite=Strict/);
      ok(!cookie.includes(token));
      await agent.get('/dashboard').expect(200);
      ok(logs.some(({ audit, message }) => audit === 'sign-in' && message.includes('has signed in')));
    });

    it('refuses a wrong token, and notes that', async () => {
      const { request, logs } = await start({ config: { token } });
      const { text } = await request
        .post('/dashboard/sign-in')
        .type('form')
        .send({ token: 'wrong' })
        .expect(401);
      match(text, /That is not the token/);
      ok(logs.some(({ audit, level }) => audit === 'sign-in' && level === 'warn'));
    });

    it('takes no cookie that it has not signed, nor one that is made up', async () => {
      const { request } = await start({ config: { token } });
      for (const value of [
        '',
        'token.abc.zzzzzzzzz.',
        'token.abc.zzzzzzzzz.abc',
        'local.abc.zzzzzzzzz.abc',
      ]) {
        await request.get('/dashboard').set('Cookie', `plugboard-dashboard=${value}`).expect(303);
      }
    });

    it('ends a session when its browser signs out', async () => {
      const { app } = await start({ config: { token } });
      const agent = browserAgent(app);
      await sameOrigin(agent.post('/dashboard/sign-in')).type('form').send({ token }).expect(303);
      const { form } = await formOf(agent);
      await sameOrigin(agent.post('/dashboard/sign-out')).type('form').send({ form }).expect(303);
      await agent.get('/dashboard').set('Host', 'localhost').expect(303);
    });

    it('ends it for whoever has a copy of the cookie, too', async () => {
      const { app, request } = await start({ config: { token } });
      const agent = browserAgent(app);
      const { headers } = await agent.post('/dashboard/sign-in').type('form').send({ token }).expect(303);
      const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
      const copied = () => request.get('/dashboard').set('Host', 'localhost').set('Cookie', cookie);
      await copied().expect(200);
      const { form } = await formOf(agent);
      await sameOrigin(agent.post('/dashboard/sign-out')).type('form').send({ form }).expect(303);
      await copied().expect(303);
    });

    it('looks at ten wrong tokens a minute from one address, by form and by header, and at none after', async () => {
      const { host, logs } = await start({ config: { token } });
      const app = express().set('trust proxy', true).use(host.handler);
      const from = (address: string, test: supertest.Test) =>
        test.set('X-Forwarded-For', address).set('Accept', 'text/html');
      const post = () => supertest(app).post('/dashboard/sign-in').type('form');
      for (let tries = 0; tries < 5; tries += 1) {
        await from('203.0.113.1', post())
          .send({ token: `guess ${tries}` })
          .expect(401);
        const get = supertest(app).get('/dashboard').set('Authorization', `Bearer guess-${tries}`);
        await from('203.0.113.1', get).expect(303);
      }
      const { headers, text } = await from('203.0.113.1', post()).send({ token }).expect(429);
      ok(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 60);
      match(text, /Too many wrong tokens\. Try again in \d+ s/);
      const shown = supertest(app).get('/dashboard').set('Authorization', `Bearer ${token}`);
      await from('203.0.113.1', shown).expect(429);
      equal(logs.filter(({ audit, result }) => audit === 'sign-in' && result === 'refused').length, 12);
      // Nobody else has to wait for that.
      await from('203.0.113.2', post()).send({ token }).expect(303);
      await post().set('Host', 'localhost').send({ token }).expect(303);
    });

    it('lets in who has signed in while others guess', async () => {
      const { app, request } = await start({ config: { token } });
      const agent = browserAgent(app);
      await agent.post('/dashboard/sign-in').type('form').send({ token }).expect(303);
      for (let tries = 0; tries < 11; tries += 1) {
        await request.post('/dashboard/sign-in').type('form').send({ token: 'a guess' });
      }
      await agent.get('/dashboard').expect(200);
      // What a proxy adds to each request of a browser is no guess.
      await agent.get('/dashboard').set('Authorization', 'Bearer of-something-else').expect(200);
    });

    it('limits whoever guesses from many addresses, and never who is on the machine', () => {
      const attempts = new Attempts();
      for (let number = 0; number < 60; number += 1) {
        equal(attempts.waitMs(`address ${number}`, number), 0);
        attempts.fail(`address ${number}`, number);
      }
      equal(attempts.waitMs('another address', 1_000), 59_000);
      equal(attempts.waitMs(thisMachine, 1_000), 0);
      equal(attempts.waitMs('another address', 60_000), 0);
    });

    it('gives two hosts on one machine cookies of their own', async () => {
      const { request } = await start({ config: { token } });
      const names = ['localhost:3000', 'localhost:3001', 'ops.example.org'].map(async (host) => {
        const { headers } = await request
          .post('/dashboard/sign-in')
          .set('Host', host)
          .type('form')
          .send({ token });
        return String(headers['set-cookie']).split('=')[0];
      });
      deepEqual(await Promise.all(names), [
        'plugboard-dashboard-3000',
        'plugboard-dashboard-3001',
        'plugboard-dashboard',
      ]);
    });

    it('does not take what a browser on the machine was given for a sign-in', async () => {
      const { app } = await start({ config: { token, loopback: true } });
      const [cookie = ''] = [
        (await browserAgent(app).get('/dashboard').expect(200)).headers['set-cookie'],
      ].flat();
      const value = cookie.split(';')[0] ?? '';
      match(value, /=local\./);
      await supertest(app).get('/dashboard').set('Cookie', value).set('Host', 'example.org').expect(303);
      await supertest(app)
        .get('/dashboard')
        .set('Cookie', value.replace('=local.', '=token.'))
        .set('Host', 'example.org')
        .expect(303);
    });

    async function formOf(agent: supertest.Agent) {
      const { text } = await agent.get('/dashboard').set('Host', 'localhost').expect(200);
      return { form: /name="form-token" content="([^"]+)"/.exec(text)?.[1] ?? '' };
    }
  });

  describe('for browsers on the machine', () => {
    it('goes by the address of the connection and the name that was asked for, never by what a proxy says', () => {
      const asked = (remoteAddress: string, headers: Record<string, string>) =>
        isLocal({ socket: { remoteAddress }, headers } as never);
      for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
        ok(asked(address, { host: 'localhost:3000' }), address);
      }
      for (const host of ['localhost', '127.0.0.1:80', '[::1]:3000', 'app.localhost:3000']) {
        ok(asked('::1', { host }), host);
      }
      for (const address of ['192.168.0.7', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '']) {
        ok(!asked(address, { host: 'localhost' }), address);
        ok(!asked(address, { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }), address);
      }
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        '',
        'notlocalhost',
      ]) {
        ok(!asked('127.0.0.1', { host }), host);
      }
      ok(!asked('127.0.0.1', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }));
      ok(!asked('127.0.0.1', { host: 'localhost', forwarded: 'for=127.0.0.1' }));
      for (const header of ['x-forwarded-proto', 'x-real-ip', 'x-original-host', 'cf-connecting-ip', 'via']) {
        ok(!asked('127.0.0.1', { host: 'localhost', [header]: 'x' }), header);
      }
      // As nginx passes requests on, unless it is told otherwise.
      const old = { socket: { remoteAddress: '127.0.0.1' }, headers: { host: 'localhost:3000' } };
      ok(!isLocal({ ...old, httpVersion: '1.0' } as never));
    });

    it('refuses a name that somebody else has pointed at the machine', async () => {
      const { request } = await start(forEverything);
      for (const path of paths) {
        const { text } = await request.get(path).set('Host', 'evil.example').expect(403);
        doesNotMatch(text, /shop/);
      }
    });

    it('refuses what has come through a proxy', async () => {
      const { request } = await start(forEverything);
      await request.get('/dashboard').set('X-Forwarded-For', '127.0.0.1').expect(403);
    });

    it('lets no other site read it, even where the host allows CORS to all', async () => {
      const { request } = await serve({ ...dashboardOptions(forEverything), cors: true });
      await request.get('/dashboard').set('Origin', 'https://evil.example').expect(403);
      await request.get('/dashboard').set('Origin', 'null').expect(403);
    });

    it('is no part of a page of another site, though a link there may lead to it', async () => {
      const { request } = await start(forEverything);
      for (const site of ['cross-site', 'same-site']) {
        const get = (mode: string) =>
          request.get('/dashboard').set('Sec-Fetch-Site', site).set('Sec-Fetch-Mode', mode);
        await get('no-cors').expect(403);
        await get('navigate').expect(200);
      }
    });
  });

  describe('for actions', () => {
    it('wants the Origin of the dashboard and the token of its forms', async () => {
      const { app, host, logs } = await start(forEverything);
      const { agent, form } = await browser(app);
      const act = () => agent.post('/dashboard/plugins/shop/reload').type('form').set('Host', 'localhost');
      await act()
        .set('Origin', 'http://localhost')
        .send({})
        .expect(403, /form token/);
      await act()
        .set('Origin', 'http://localhost')
        .send({ form: `${form}x` })
        .expect(403);
      await act()
        .send({ form })
        .expect(403, /Origin is missing/);
      await act().set('Origin', 'http://evil.example').send({ form }).expect(403);
      await act().set('Origin', 'null').send({ form }).expect(403);
      equal(statusOf(host, 'shop').generation, 1);
      equal(logs.filter(({ result, level }) => result === 'refused' && level === 'warn').length, 5);
      await act().set('Origin', 'http://localhost').send({ form }).expect(303);
      equal(statusOf(host, 'shop').generation, 2);
    });

    it("takes no other session's form token", async () => {
      const { app } = await start(forEverything);
      const { agent } = await browser(app);
      const { form } = await browser(app);
      await sameOrigin(agent.post('/dashboard/plugins/shop/reload')).type('form').send({ form }).expect(403);
    });

    it('is never asked for by a link', async () => {
      const { app, host } = await start(forEverything);
      const { agent } = await browser(app);
      await agent.get('/dashboard/plugins/shop/reload').expect(404);
      equal(statusOf(host, 'shop').generation, 1);
    });

    it('writes who has asked for what, and what has come of it', async () => {
      const { app, logs } = await start(forEverything);
      const { agent, form } = await browser(app);
      await sameOrigin(agent.post('/dashboard/plugins/shop/disable')).type('form').send({ form }).expect(303);
      const [line] = logs.filter(({ audit }) => audit === 'disable');
      deepEqual([line?.['target'], line?.['result'], line?.level], ['shop', 'stopped', 'info']);
      match(String(line?.['who']), /^local session .{6}, from .*127\.0\.0\.1$/);
    });

    it('writes down who was refused, and lets nobody write lines of his own there', async () => {
      const { request, app, logs } = await start({ config: { token }, grants: ['control'] });
      await request.post('/dashboard/plugins/shop/reload').set('Accept', 'application/json').expect(401);
      const forged = '/dashboard/plugins/shop%0Aweather/reload%22%0Aall is well';
      await supertest(app)
        .post(encodeURI(decodeURI(forged)))
        .set('Authorization', `Bearer ${token}`)
        .expect(403);
      const [first, second, ...others] = logs.filter(({ result }) => result === 'refused');
      match(
        first?.message ?? '',
        /^Refused POST of .*\/reload, asked for by .*127\.0\.0\.1: nobody has signed in/,
      );
      doesNotMatch(second?.message ?? '', /\n/);
      match(second?.message ?? '', /there is no such plugin/);
      equal(others.length, 0);
    });

    it('may only read where the app has not granted control', async () => {
      const { app, host } = await start({ config: { loopback: true } });
      const { agent, form } = await browser(app);
      const { text } = await agent.get('/dashboard').expect(200);
      match(text, /To read only/);
      doesNotMatch(text, /<button/);
      await sameOrigin(agent.post('/dashboard/plugins/shop/reload'))
        .type('form')
        .send({ form })
        .expect(403, /grants: \['control'\]/);
      equal(statusOf(host, 'shop').generation, 1);
    });

    it('knows where browsers see it when a proxy hides that', async () => {
      const config = { token, origin: 'https://ops.example.org' };
      const { app } = await start({ config, grants: ['control'] });
      const agent = browserAgent(app);
      const ask = (test: supertest.Test) => test.set('Origin', 'https://ops.example.org');
      const { headers } = await ask(agent.post('/dashboard/sign-in'))
        .type('form')
        .send({ token })
        .expect(303);
      match(String(headers['set-cookie']), /; Secure/);
      const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
      const { text } = await agent.get('/dashboard').set('Cookie', cookie).expect(200);
      const form = /name="form-token" content="([^"]+)"/.exec(text)?.[1];
      const reload = () => agent.post('/dashboard/plugins/shop/reload').type('form').set('Cookie', cookie);
      await ask(reload()).send({ form }).expect(303);
      await reload().set('Origin', 'https://evil.example').send({ form }).expect(403);
    });
  });

  it('lets a page run its own script only, be in no frame, and be kept nowhere', async () => {
    const { request } = await start(forEverything);
    for (const path of ['/dashboard', '/dashboard/plugins/shop', '/dashboard/graph']) {
      const { headers, text } = await request.get(path).expect(200);
      const policy = headers['content-security-policy'] ?? '';
      match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
      match(policy, /frame-ancestors 'none'/);
      doesNotMatch(policy, /unsafe|\*|http/);
      equal(headers['x-content-type-options'], 'nosniff');
      equal(headers['cache-control'], 'no-store');
      doesNotMatch(text, /<script(?! type="module" src="\/)|<style| style=| on[a-z]+="/);
    }
  });

  it('keeps its cookie to itself where the app has mounted it', async () => {
    const { host } = await start({ config: { token } });
    const app = express().use('/inside', host.handler);
    const { headers } = await supertest(app)
      .post('/inside/dashboard/sign-in')
      .type('form')
      .send({ token })
      .expect(303)
      .expect('Location', '/inside/dashboard');
    match(String(headers['set-cookie']), /Path=\/inside\/dashboard;/);
  });
});
