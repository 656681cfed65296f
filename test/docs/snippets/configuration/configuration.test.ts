import { deepEqual, equal } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { readConfig } from 'plugboard';
import supertest from 'supertest';
import { shopHost } from './app.ts';

const fileNamed = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe('the configuration in the documentation', () => {
  it('comes from the file and from the app', async () => {
    await using host = shopHost(fileNamed('plugboard.config.yaml'));
    await host.start();
    const { body } = await supertest(express().use(host.handler)).get('/api/mail/settings').expect(200);
    deepEqual(body, {
      sender: 'shop@example.com',
      copies: ['archive@example.com'],
      smtp: { host: 'smtp.example.com', port: 587, password: '[secret]' },
    });
  });

  it('may be TypeScript', async () => {
    const found = await readConfig(fileNamed('plugboard.config.ts'));
    equal(found?.config.settings?.['newsletter']?.enabled, false);
  });
});
