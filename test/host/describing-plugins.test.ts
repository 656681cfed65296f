import { deepEqual, equal } from 'node:assert/strict';
import { inject, injectable } from 'inversify';
import { join } from 'node:path';
import { extensionPoint, Plugin, Plugins, type Extensions } from 'plugboard';
import { closeHosts, folderWith, removeFolders, serve } from './hosting.ts';

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

@Plugin({ name: 'storage', services: [[Store, MemoryStore]], exports: [Store] })
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
  afterEach(async () => {
    await closeHosts();
    await removeFolders();
  });

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

  it('is where it comes from, also where nothing of it could be loaded', async () => {
    const folder = await folderWith({ 'torn/index.ts': 'export class {' });
    const { host } = await serve({ plugins: [ReaderPlugin, folder] });
    equal(host.get(Plugins, { plugin: 'reader' }).describe('torn')?.origin, join(folder, 'torn/index.ts'));
  });

  it('is nothing of a plugin that is not there', async () => {
    equal((await plugins()).describe('nobody'), undefined);
  });
});
