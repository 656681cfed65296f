import { deepEqual, equal } from 'node:assert/strict';
import express from 'express';
import supertest from 'supertest';
import { InternalServerError, Get, JsonController } from 'routing-controllers';
import { Plugin } from 'plugboard';
import { testHost } from 'plugboard/testing';
import { captureLog, type LogLine } from '../../../host/hosting.ts';
import { AlarmPlugin } from './alarm.ts';
import { listen, makeHost } from './host.ts';

describe('the page on observing', () => {
  it('shows a host with levels, an access log, metrics and health', async () => {
    const logs: LogLine[] = [];
    const host = makeHost(captureLog(logs));
    await host.start();
    const request = supertest(express().use(host.handler));
    await request.get('/health/ready').expect(200);
    await request.post('/orders').set('X-Request-Id', 'r1').send({ id: 7 }).expect(200);
    deepEqual(
      logs.map(({ plugin, requestId }) => `${String(plugin)} ${String(requestId)}`),
      ['shop r1', 'shop r1'],
    );
    const slow: string[] = [];
    const stop = listen(host, slow);
    logs.length = 0;
    await request.post('/orders').send({ id: 8 }).expect(200);
    equal(logs.length, 1);
    deepEqual(slow, []);
    stop();
    await host.close();
  });

  it('shows a plugin that listens', async () => {
    @Plugin({ name: 'broken' })
    @JsonController('/broken')
    class BrokenPlugin {
      @Get() broken(): never {
        throw new InternalServerError('out of stock');
      }
    }
    await using bed = await testHost([AlarmPlugin, BrokenPlugin]).start();
    await bed.request.get('/broken').set('X-Request-Id', 'r1').expect(500);
    await bed.request
      .get('/alarms')
      .expect(200, ['broken: 500 of /broken, r1', 'broken: BrokenPlugin.broken failed.']);
  });
});
