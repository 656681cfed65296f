import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import express from 'express';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import { HostStartError, Plugin, PluginError, type HostOptions } from 'plugboard';
import { closeHosts, folderWith, quietHost, removeFolders, statusOf } from './hosting.ts';

@Plugin({ name: 'ledger', critical: true })
class CriticalPlugin {
  onStart(): void {
    throw new Error('no database');
  }
}

@Plugin({ name: 'news' })
class FailingPlugin {
  onStart(): void {
    throw new Error('no feed');
  }
}

@Plugin({ name: 'calm' })
@JsonController('/calm')
class CalmPlugin {
  @Get() answer(): string {
    return 'calm';
  }
}

async function startError(options: HostOptions): Promise<HostStartError> {
  const host = quietHost(options);
  const [outcome] = await Promise.allSettled([host.start()]);
  ok(outcome?.status === 'rejected' && outcome.reason instanceof HostStartError);
  return outcome.reason;
}

describe('a critical plugin that fails', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('makes start() reject with all that failed in one error', async () => {
    const error = await startError({ plugins: [FailingPlugin, CriticalPlugin, CalmPlugin] });
    equal(error.code, 'CRITICAL_PLUGIN_FAILED');
    ok(error.errors.every((each) => each instanceof PluginError));
    deepEqual(
      (error.errors as PluginError[]).map(({ plugin, code }) => [plugin, code]),
      [
        ['news', 'START_FAILED'],
        ['ledger', 'START_FAILED'],
      ],
    );
    match(error.message, /^The host did not start: ledger is critical and failed\./);
    match(
      error.message,
      /\n- news: START_FAILED: .*no feed\n {2}Fix: .*\n- ledger: START_FAILED: .*no database/,
    );
  });

  it('is critical where the settings say so, and is not where they say not', async () => {
    const error = await startError({
      plugins: [FailingPlugin],
      settings: { news: { critical: true } },
    });
    match(error.message, /news is critical/);
    const host = quietHost({ plugins: [CriticalPlugin], settings: { ledger: { critical: false } } });
    await host.start();
    equal(statusOf(host, 'ledger').state, 'failed');
  });

  it('is so too where it can not even be loaded, by the name of its folder', async () => {
    const error = await startError({
      plugins: [await folderWith({ 'ledger/index.ts': 'export class {' })],
      settings: { ledger: { critical: true } },
    });
    match(error.message, /ledger is critical and failed\.\n- ledger: SYNTAX_ERROR/);
  });

  it('is so too where it only waits for one that failed', async () => {
    @Plugin({ name: 'shop', critical: true, requires: { news: '*' } })
    class ShopPlugin {}
    const error = await startError({ plugins: [FailingPlugin, ShopPlugin] });
    match(error.message, /shop is critical/);
    deepEqual(
      (error.errors as PluginError[]).map(({ code }) => code),
      ['START_FAILED', 'DEPENDENCY_NOT_RUNNING'],
    );
  });

  it('leaves a host that does not serve, with what had started stopped, and that tells of its plugins', async () => {
    const host = quietHost({ plugins: [CriticalPlugin, CalmPlugin] });
    await rejects(host.start(), HostStartError);
    await rejects(host.listen(0), HostStartError);
    await supertest(express().use(host.handler)).get('/calm').expect(503);
    deepEqual([statusOf(host, 'ledger').state, statusOf(host, 'calm').state], ['failed', 'stopped']);
    equal(statusOf(host, 'ledger').failure?.cause?.message, 'no database');
    await host.close();
    equal(statusOf(host, 'ledger').state, 'failed');
  });
});
