import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createHost } from 'plugboard';
import { Clock, SystemClock } from '../quick-start/clock.ts';

describe('the code of docs/checking.md', () => {
  const folder = fileURLToPath(new URL('../quick-start/plugins', import.meta.url));

  it('is a test that finds nothing wrong with the plugins of the quick start', async () => {
    // #region test
    const host = createHost({ plugins: [folder], services: [[Clock, SystemClock]] });
    const problems = await host.check(); // starts nothing
    const errors = problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
    // #endregion
    assert.deepEqual(host.plugins, []);
  });

  it('prints problems where there are some', async () => {
    const host = createHost({ plugins: [folder] });
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    // #region print
    for (const { severity, code, plugin = 'the app', file, line, message, fix } of await host.check()) {
      print(`${severity} ${code} of ${plugin}, ${file}:${line}`);
      print(`  ${message}\n  Fix: ${fix}`);
    }
    // #endregion
    assert.match(lines.join('\n'), /error MISSING_IMPORT of greeter, .*greeter\/index\.ts:\d+\n/);
  });
});
