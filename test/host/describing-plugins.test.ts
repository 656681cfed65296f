import { deepEqual, equal } from 'node:assert/strict';
import { IsString } from 'class-validator';
import { inject, injectable } from 'inversify';
import { extensionPoint, Plugin, Plugins, type Extensions } from 'plugboard';
import { closeHosts, serve } from './hosting.ts';

abstract class Store {
  abstract count(): number;
}

@injectable()
class MemoryStore extends Store {
  count(): number {
    return 0;
  }
}

@injectable()
class CountingStore extends Store {
  constructor(@inject(Store) private readonly inner: Store) {
    super();
  }
  count(): number {
    return this.inner.count();
  }
}

const Links = extensionPoint<string>('describing.links');

class StorageConfig {
  @IsString() readonly file: string = 'shop.db';
  @IsString() readonly password: string = 'correct horse';
}

@Plugin({ name: 'storage', services: [[Store, MemoryStore]], exports: [Store], config: StorageConfig })
class StoragePlugin {}

@Plugin({ name: 'counting', decorates: [[Store, CountingStore]], contributes: [[Links, 'count']] })
class CountingPlugin {}

@Plugin({ name: 'shop', prefix: '/shop', requires: { storage: '*' }, reload: 'exclusive' })
class ShopPlugin {
  constructor(
    readonly store: Store,
    @inject(Links) readonly links: Extensions<string>,
  ) {}
}

@Plugin({ name: 'reader' })
class ReaderPlugin {
  constructor(readonly plugins: Plugins) {}
}

abstract class Missing {
  abstract nothing(): void;
}

@Plugin({ name: 'broken' })
class BrokenPlugin {
  constructor(
    readonly store: Store,
    readonly missing: Missing,
  ) {}
}

describe('what plugins may read of each other', () => {
  afterEach(closeHosts);

  async function plugins(): Promise<Plugins> {
    const { host } = await serve({
      plugins: [StoragePlugin, CountingPlugin, ShopPlugin, BrokenPlugin, ReaderPlugin],
      settings: { shop: { timeouts: { drainMs: 7 } } },
    });
    return host.get(Plugins, { plugin: 'reader' });
  }

  it('is what is in force for a plugin', async () => {
    const details = (await plugins()).describe('shop');
    equal(details?.baseUrl, '/shop');
    equal(details?.reload, 'exclusive');
    equal(details?.timeouts?.drainMs, 7);
    deepEqual(details?.requires, { storage: '*' });
    equal(details?.origin, 'class ShopPlugin');
  });

  it('is on whom a plugin stands, and by what', async () => {
    const all = await plugins();
    deepEqual(all.describe('shop')?.dependencies, [
      { plugin: 'storage', kind: 'import', by: 'Store' },
      { plugin: 'storage', kind: 'requires', by: '*' },
    ]);
    deepEqual(all.describe('counting')?.dependencies, [
      { plugin: 'storage', kind: 'import', by: 'Store' },
      { plugin: 'storage', kind: 'decorates', by: 'Store' },
      { plugin: 'shop', kind: 'contributes', by: 'describing.links' },
    ]);
    deepEqual(all.describe('broken')?.dependencies, [{ plugin: 'storage', kind: 'import', by: 'Store' }]);
  });

  it('is its configuration without secrets, as a copy', async () => {
    const all = await plugins();
    deepEqual(all.describe('storage')?.config, { file: 'shop.db', password: '••••••••' });
    equal(all.describe('shop')?.config, undefined);
  });

  it('is nothing of a plugin that is not there', async () => {
    equal((await plugins()).describe('nobody'), undefined);
  });
});
