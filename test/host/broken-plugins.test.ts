import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import supertest from 'supertest';
import type { Host } from 'plugboard';
import { brokenPlugins, plugin } from './broken-plugins.ts';
import { closeHosts, folderWith, quietHost, removeFolders, statusOf } from './hosting.ts';

describe('plugins that are broken at start, side by side', () => {
  let host: Host;
  let request: ReturnType<typeof supertest>;

  before(async () => {
    const files = Object.assign({}, ...Object.values(brokenPlugins).map((broken) => broken.files)) as Record<
      string,
      string
    >;
    const folder = await folderWith({ 'a-healthy.ts': plugin('a-healthy'), ...files });
    host = quietHost({
      plugins: [folder],
      settings: { 'bad-config': { config: { smtp: { port: 'hunter2' } } } },
    });
    await host.start();
    request = supertest(express().use(host.handler));
  });
  after(closeHosts);
  after(removeFolders);

  it('leave every other plugin serving', async () => {
    await request.get('/a-healthy').expect(200, '"a-healthy"');
    await request.get('/twin').expect(200, '"twin"');
    await request.get('/way-a/shared').expect(200, '"a"');
    equal(statusOf(host, 'export-a').state, 'running');
  });

  it('serve nothing themselves, and say so where their routes are known', async () => {
    await request.get('/bad-start').expect(503, { plugin: 'bad-start', state: 'failed' });
    await request.get('/other-twin').expect(404);
    equal(statusOf(host, 'bad-start').routes.length, 0);
  });

  for (const [title, broken] of Object.entries(brokenPlugins)) {
    it(`are told with state, code, phase, message, fix, path and cause: ${title}`, () => {
      const status = host.plugins.find(({ name, failure }) => name === broken.row && failure !== undefined);
      ok(status, JSON.stringify(host.plugins.filter(({ name }) => name === broken.row)));
      const { state, failure } = status;
      deepEqual(
        [state, failure?.code, failure?.phase],
        [broken.state ?? 'failed', broken.code, broken.phase],
      );
      match(failure?.message ?? '', broken.message);
      match(failure?.fix ?? '', broken.fix);
      for (const [index, part] of (broken.path ?? []).entries())
        match(failure?.path?.[index] ?? '', typeof part === 'string' ? exactly(part) : part);
      const cause = failure?.cause;
      if (broken.cause) match(`${cause?.name}: ${cause?.message}\n${cause?.stack}`, broken.cause);
    });
  }

  it('never show the value of a setting that does not fit', () => {
    ok(!JSON.stringify(host.plugins).includes('hunter2'));
  });

  it('are told in plain values, which hold nothing of a plugin alive', () => {
    for (const status of host.plugins) deepEqual(structuredClone(status), { ...status });
  });
});

describe('a plugin whose files can not be read', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('fails alone', async function () {
    if (process.getuid?.() === 0) {
      process.stdout.write('      (skipped: root may read every file)\n');
      this.skip();
    }
    const folder = await folderWith({
      'healthy.ts': plugin('healthy'),
      'locked/index.ts': plugin('locked'),
    });
    await chmod(join(folder, 'locked/index.ts'), 0);
    const host = quietHost({ plugins: [folder] });
    await host.start();
    equal(statusOf(host, 'healthy').state, 'running');
    equal(statusOf(host, 'locked').state, 'failed');
    match(statusOf(host, 'locked').failure?.fix ?? '', /read it/);
  });
});

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`);
}
