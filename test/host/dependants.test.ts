import { deepEqual, equal, match } from 'node:assert/strict';
import express from 'express';
import { injectable } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import { Plugin, type Host, type HostOptions } from 'plugboard';
import { closeHosts, folderWith, quietHost, removeFolders, serve, statusOf } from './hosting.ts';

abstract class Store {
  abstract read(): string;
}
@injectable()
class MemoryStore extends Store {
  read(): string {
    return 'stored';
  }
}

@Plugin({ name: 'store', services: [[Store, MemoryStore]], exports: [Store] })
class StorePlugin {
  onStart(): void {
    if (StorePlugin.fault) throw StorePlugin.fault;
  }
  static fault: Error | undefined;
}

@Plugin({ name: 'shop' })
@JsonController('/shop')
class ShopPlugin {
  constructor(private readonly store: Store) {}
  @Get() read(): string {
    return this.store.read();
  }
}

@Plugin({ name: 'checkout', requires: { shop: '*' } })
class CheckoutPlugin {}

@Plugin({ name: 'bystander' })
@JsonController('/bystander')
class BystanderPlugin {
  @Get() answer(): string {
    return 'here';
  }
}

const all = [CheckoutPlugin, ShopPlugin, StorePlugin, BystanderPlugin];

function states(host: Host): Record<string, string> {
  return Object.fromEntries(host.plugins.map(({ name, state }) => [name, state]));
}

async function start(options: Partial<HostOptions>): Promise<Host> {
  const host = quietHost({ plugins: all, ...options });
  await host.start();
  return host;
}

describe('plugins whose dependency does not run', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);
  afterEach(() => {
    StorePlugin.fault = undefined;
  });

  it('wait while it has failed to start, with the way to it and the reason', async () => {
    StorePlugin.fault = new Error('disk full');
    const host = await start({});
    deepEqual(states(host), {
      checkout: 'waiting',
      shop: 'waiting',
      store: 'failed',
      bystander: 'running',
    });
    const { failure } = statusOf(host, 'checkout');
    deepEqual(
      [failure?.code, failure?.phase, failure?.path],
      ['DEPENDENCY_NOT_RUNNING', 'plan', ['checkout', 'shop', 'store']],
    );
    equal(
      failure?.message,
      '"checkout" waits: checkout → shop → store, and "store" is not running (failed: START_FAILED).',
    );
    match(failure?.fix ?? '', /^Mend "store"/);
    await supertest(express().use(host.handler)).get('/bystander').expect(200);
    await supertest(express().use(host.handler))
      .get('/shop')
      .expect(503, { plugin: 'shop', state: 'waiting' });
  });

  it('wait while it is disabled', async () => {
    const host = await start({ settings: { store: { enabled: false } } });
    deepEqual(states(host), {
      checkout: 'waiting',
      shop: 'waiting',
      store: 'disabled',
      bystander: 'running',
    });
    const { message, fix } = statusOf(host, 'shop').failure ?? {};
    match(message ?? '', /"store" is not running \(disabled\)/);
    match(fix ?? '', /^Take enabled: false out of settings\['store'\], or call host\.release\('store'\)/);
    equal(statusOf(host, 'store').failure, undefined);
  });

  it('wait while it is unloaded, and are told once how it comes back', async () => {
    const { host } = await serve({ plugins: all });
    await host.unload('store');
    const failures: string[] = [];
    host.on('plugin:waiting', ({ plugin }) => failures.push(plugin));
    const { message, fix } = statusOf(host, 'shop').failure ?? {};
    match(message ?? '', /"store" is not running \(unloaded\)/);
    match(fix ?? '', /^Bring "store" back: host\.reload\('store'\); "shop" itself needs no change/);
    await host.reload('bystander');
    equal(statusOf(host, 'shop').failure?.fix, fix);
  });

  it('wait while its configuration is wrong', async () => {
    class Config {}
    @Plugin({ name: 'store', config: Config, services: [[Store, MemoryStore]], exports: [Store] })
    class ConfiguredStore {}
    const host = await start({
      plugins: [ShopPlugin, ConfiguredStore],
      settings: { store: { config: 'nonsense' } },
    });
    deepEqual(states(host), { shop: 'waiting', store: 'failed' });
    match(statusOf(host, 'shop').failure?.message ?? '', /failed: INVALID_CONFIG/);
  });

  it('wait while its route is taken', async () => {
    @Plugin({ name: 'store', services: [[Store, MemoryStore]], exports: [Store] })
    @JsonController('/bystander')
    class RivalStore {
      @Get() answer(): string {
        return 'rival';
      }
    }
    const host = await start({ plugins: [BystanderPlugin, ShopPlugin, RivalStore] });
    deepEqual(states(host), { bystander: 'running', shop: 'waiting', store: 'failed' });
    match(statusOf(host, 'shop').failure?.message ?? '', /failed: ROUTE_TAKEN/);
  });

  it('take the export of another plugin where its first owner is disabled', async () => {
    @Plugin({ name: 'spare', services: [[Store, MemoryStore]], exports: [Store] })
    class SpareStore {}
    const { request, host } = await serve({
      plugins: [StorePlugin, SpareStore, ShopPlugin],
      settings: { store: { enabled: false } },
    });
    deepEqual(states(host), { store: 'disabled', spare: 'running', shop: 'running' });
    await request.get('/shop').expect(200, '"stored"');
  });

  it('wait while it can not even be loaded: by the contract they import, or by requires', async () => {
    const folder = await folderWith({
      'ledger/contract.ts': 'export abstract class Ledger {}',
      'ledger/index.ts': 'export class {',
      'by-contract.ts': `import { Plugin } from 'plugboard'; import { Ledger } from './ledger/contract.ts';
        @Plugin({ name: 'by-contract' }) export class User { constructor(readonly ledger: Ledger) {} }`,
      'by-name.ts': `import { Plugin } from 'plugboard';
        @Plugin({ name: 'by-name', requires: { ledger: '^1' } }) export class User {}`,
      'by-chance.ts': `import { Plugin } from 'plugboard'; abstract class Unknown {}
        @Plugin({ name: 'by-chance' }) export class User { constructor(readonly unknown: Unknown) {} }`,
    });
    const host = await start({ plugins: [folder] });
    deepEqual(states(host), {
      'by-chance': 'failed',
      'by-contract': 'waiting',
      'by-name': 'waiting',
      ledger: 'failed',
    });
    const { failure } = statusOf(host, 'by-contract');
    deepEqual(failure?.path, ['by-contract', 'Ledger', 'ledger']);
    match(failure?.message ?? '', /"ledger" is not running \(failed: SYNTAX_ERROR\)/);
  });

  it('do without it where every import of it is optional', async () => {
    const { optional, inject } = await import('inversify');
    @Plugin({ name: 'relaxed' })
    @JsonController('/relaxed')
    class RelaxedPlugin {
      constructor(@inject(Store) @optional() private readonly store: Store | undefined) {}
      @Get() read(): string {
        return this.store?.read() ?? 'nothing';
      }
    }
    const { request } = await serve({
      plugins: [StorePlugin, RelaxedPlugin],
      settings: { store: { enabled: false } },
    });
    await request.get('/relaxed').expect(200, '"nothing"');
  });
});

describe('a broken plugin that is found by its folder name', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  const broken = { 'ledger/index.ts': 'export class {' };

  it('may be disabled by the settings', async () => {
    const host = await start({
      plugins: [await folderWith(broken)],
      settings: { ledger: { enabled: false } },
    });
    deepEqual(states(host), { ledger: 'disabled' });
    equal(statusOf(host, 'ledger').failure, undefined);
  });
});
