import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testHost } from 'plugboard/testing';

const root = new URL('../../', import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
};
const names = Object.keys(exports).flatMap((path) => /^\.\/plugins\/([\w-]+)$/.exec(path)?.[1] ?? []);

describe('the plugins that come with Plugboard', () => {
  it('are there by their names, as any package is, each with its own README', async () => {
    ok(names.includes('health') && names.includes('metrics'));
    await using bed = await testHost(names.map((name) => `plugboard/plugins/${name}`)).start();
    deepEqual(
      bed.host.plugins.map(({ name, state }) => `${name} ${state}`),
      names.map((name) => `${name} running`),
    );
    for (const { name, readme = '' } of bed.host.plugins)
      match(readme, new RegExp(`dist.plugins.${name}.README\\.md$`));
    await bed.request.get('/health/live').expect(200);
    await bed.request.get('/metrics').expect(200);
    const page = await bed.request.get('/').expect(200).expect('Content-Type', /html/);
    const [, style = ''] = /href="([^"]+\.css[^"]*)"/.exec(page.text) ?? [];
    await bed.request.get(style).expect(200);
  });

  it('can be imported as classes, which are the same', async () => {
    const { HealthPlugin } = await import('plugboard/plugins/health');
    await using bed = await testHost(['plugboard/plugins/health']).start();
    ok(bed.get(HealthPlugin, 'health') instanceof HealthPlugin);
  });

  it('cost an app that has none of them nothing: what they need is not loaded', async () => {
    const script = `
      const { createHost } = await import('plugboard');
      const host = createHost({ plugins: [] });
      await host.start();
      await host.close();
      const { createRequire } = await import('node:module');
      console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => /prom-client/.test(file)).length);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(root),
    });
    equal(stdout.trim(), '0');
  });
});
