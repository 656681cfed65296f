import { deepEqual, equal, match } from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { ApiDocuments } from 'plugboard/plugins/openapi';
import { host } from './app.ts';

describe('the code of docs/api-documentation.md', () => {
  after(async () => host.close());

  it('serves the documents and the page, by the name of the package', async () => {
    const server = await host.listen(0);
    const base = `http://localhost:${(server.address() as AddressInfo).port}`;
    const merged = (await (await fetch(`${base}/openapi.json`)).json()) as { info: object; paths: object };
    deepEqual(merged.info, { title: 'The tea shop', version: '2.0.0' });
    deepEqual(Object.keys(merged.paths), ['/teas', '/teas/{id}']);
    equal(host.get(ApiDocuments).of('teas')?.info.description, 'All teas that there are');
    const page = await fetch(`${base}/openapi`);
    equal(page.status, 200);
    match(await page.text(), /The newest teas/);
    const styles = await fetch(`${base}/openapi/assets/reference.css`);
    equal(styles.status, 200);
  });
});
