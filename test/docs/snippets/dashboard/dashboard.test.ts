import { equal } from 'node:assert/strict';
import express from 'express';
import supertest from 'supertest';

describe('the page about the dashboard', () => {
  it('turns it on for browsers on the machine, and for who has the token', async () => {
    process.env['DASHBOARD_TOKEN'] = 'a-long-and-random-token';
    const { local, guarded } = await import('./app.ts');
    delete process.env['DASHBOARD_TOKEN'];
    await using first = local;
    await using second = guarded;
    await Promise.all([first.start(), second.start()]);
    await supertest(express().use(first.handler)).get('/dashboard').expect(200);
    const { status } = await supertest(express().use(second.handler)).get('/dashboard');
    equal(status, 303);
    await supertest(express().use(second.handler))
      .get('/dashboard')
      .set('Authorization', 'Bearer a-long-and-random-token')
      .expect(200);
  });
});
