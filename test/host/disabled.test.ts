import { deepEqual, equal } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Get, JsonController } from 'routing-controllers';
import { Plugin } from 'plugboard';
import { registrySizes } from '../support/registry-sizes.ts';
import { closeHosts, folderWith, removeFolders, serve, statusOf, type StartedApp } from './hosting.ts';

const settings = { greeter: { enabled: false } };

const greeter = (greeting: string, name = 'greeter'): string => `
  import { Plugin } from 'plugboard';
  import { Get, JsonController } from 'routing-controllers';
  @Plugin({ name: '${name}', version: '${greeting.length}.0.0' })
  @JsonController('/greet')
  export class Greeter {
    @Get() greet() { return '${greeting}'; }
  }`;

async function serveDisabled(text = greeter('hello')): Promise<StartedApp & { readonly file: string }> {
  const folder = await folderWith({ 'greeter/index.ts': text });
  return { ...(await serve({ plugins: [folder], settings })), file: join(folder, 'greeter/index.ts') };
}

describe('a plugin that the settings disable', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('stays so whether it is reloaded, loaded again, or unloaded and reloaded', async () => {
    const { host, request, file } = await serveDisabled();
    await writeFile(file, greeter('good day'));
    const { state, version } = await host.reload('greeter');
    deepEqual([state, version], ['disabled', '8.0.0']);
    equal((await host.load(join(file, '..'))).state, 'disabled');
    equal((await host.unload('greeter')).state, 'stopped');
    equal((await host.reload('greeter')).state, 'disabled');
    await request.get('/greet').expect(404);
    equal(host.plugins.length, 1);
  });

  it('stays so where it comes as another class', async () => {
    @Plugin({ name: 'greeter' })
    class First {}
    @Plugin({ name: 'greeter' })
    class Second {}
    const { host } = await serve({ plugins: [First], settings });
    equal((await host.load(Second)).state, 'disabled');
  });

  it('runs when it is released, and is from then on as any other', async () => {
    const { host, request, file } = await serveDisabled();
    equal((await host.release('greeter')).state, 'running');
    await request.get('/greet').expect(200, '"hello"');
    await writeFile(file, greeter('good day'));
    equal((await host.reload('greeter')).generation, 2);
    await request.get('/greet').expect(200, '"good day"');
    await host.unload('greeter');
    equal((await host.reload('greeter')).state, 'running');
  });

  it('stays so where its new code is broken, with the failure beside, and forgets that when it is mended', async () => {
    const { host, file } = await serveDisabled();
    await writeFile(file, 'export class {');
    let { state, failure } = await host.reload('greeter');
    deepEqual([state, failure?.code], ['disabled', 'SYNTAX_ERROR']);
    await writeFile(file, greeter('mended'));
    ({ state, failure } = await host.reload('greeter'));
    deepEqual([state, failure], ['disabled', undefined]);
  });

  it('is so as soon as its name is known', async () => {
    const folder = await folderWith({ 'folder/index.ts': 'export class {' });
    const { host } = await serve({ plugins: [folder], settings });
    equal(statusOf(host, 'folder').state, 'failed');
    await writeFile(join(folder, 'folder/index.ts'), greeter('hello'));
    const { name, state, failure } = await host.reload('folder');
    deepEqual([name, state, failure], ['greeter', 'disabled', undefined]);
  });

  it('leaves nothing of the code that it does not run', async () => {
    const before = registrySizes();
    const { host, file } = await serveDisabled();
    const loaded = registrySizes();
    for (const greeting of ['hi', 'good day']) {
      await writeFile(file, greeter(greeting));
      await host.reload('greeter');
    }
    deepEqual(registrySizes(), loaded);
    await host.close();
    deepEqual(registrySizes(), before);
  });

  it('takes the others of its name along: a running one that is called so from now on is disabled', async () => {
    const folder = await folderWith({ 'other/index.ts': greeter('hello', 'other') });
    const { host, request } = await serve({ plugins: [folder], settings });
    await request.get('/greet').expect(200);
    await writeFile(join(folder, 'other/index.ts'), greeter('hello'));
    const { name, state } = await host.reload('other');
    deepEqual([name, state], ['greeter', 'disabled']);
    equal(statusOf(host, 'other').state, 'stopped');
    await request.get('/greet').expect(404);
  });
});

describe('a route of the app beside a plugin that the settings disable', () => {
  afterEach(closeHosts);

  it('is reached, also after a reload', async () => {
    @Plugin({ name: 'greeter' })
    @JsonController('/greet')
    class Greeter {
      @Get() greet(): string {
        return 'the plugin';
      }
    }
    const { host, app, request } = await serve({ plugins: [Greeter], settings });
    app.get('/greet', (_request, response) => void response.json('the app'));
    await host.reload('greeter');
    await request.get('/greet').expect(200, '"the app"');
  });
});
