import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createHost } from 'plugboard';
import { OpenApiPlugin } from 'plugboard/plugins/openapi';
import { captureLog } from '../../host/hosting.ts';
import { CataloguePlugin } from './catalogue.ts';
import { typesOf } from './client/generate.ts';

/** What somebody writes who has nothing but the document. */
const consumer = `
import createClient from 'openapi-fetch';
import type { paths } from './api.ts';

export async function consume(baseUrl: string): Promise<unknown[]> {
  const client = createClient<paths>({ baseUrl });

  const found = await client.GET('/catalogue/items/{id}', { params: { path: { id: 7 } } });
  const price: number | undefined = found.data?.price;

  const listed = await client.GET('/catalogue/items', { params: { query: { sort: 'name', limit: 3 } } });
  const names: string[] | undefined = listed.data?.map(({ name }) => name);

  const added = await client.POST('/catalogue/items', {
    body: { name: 'tea', price: 4, colour: 'red', size: 1, maker: { name: 'Ada' } },
  });
  const id: number | undefined = added.data?.id;

  const missing = await client.GET('/catalogue/items/{id}', { params: { path: { id: 404 } } });
  const message: string | undefined = missing.error && 'message' in missing.error ? missing.error.message : undefined;

  // @ts-expect-error: an id is a number
  void (() => client.GET('/catalogue/items/{id}', { params: { path: { id: 'seven' } } }));
  // @ts-expect-error: it is required
  void (() => client.GET('/catalogue/items', { params: { query: {} } }));
  // @ts-expect-error: there is no such path
  void (() => client.GET('/catalogue/chess'));

  return [price, names, id, missing.response.status, message];
}
`;

describe('a client that is made from the OpenAPI document', () => {
  it('compiles, refuses what the document does not allow, and works against the running host', async () => {
    const host = createHost({
      plugins: [OpenApiPlugin, CataloguePlugin],
      log: captureLog([]),
    });
    const server = await host.listen(0);
    const folder = await mkdtemp(join(import.meta.dirname, 'client', 'generated-'));
    try {
      const baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
      const document = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as object;
      await writeFile(join(folder, 'api.ts'), await typesOf(document));
      await writeFile(join(folder, 'consumer.ts'), consumer);
      await compile(join(folder, 'consumer.ts'));
      const { consume } = (await import(pathToFileURL(join(folder, 'consumer.ts')).href)) as {
        consume: (baseUrl: string) => Promise<unknown[]>;
      };
      deepEqual(await consume(baseUrl), [3, ['tea'], 1, 404, 'There is no item 404.']);
    } finally {
      await rm(folder, { recursive: true });
      await host.close();
    }
  });
});

async function compile(file: string): Promise<void> {
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2023',
    '--lib',
    'es2023,dom,dom.iterable',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
    '--allowImportingTsExtensions',
    '--skipLibCheck',
    '--types',
    'node',
    '--ignoreConfig',
  ];
  const tsc = join(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, ...options, file]).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}
