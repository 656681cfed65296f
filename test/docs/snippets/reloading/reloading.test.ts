import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createHost } from 'plugboard';
import { Clock, SystemClock } from '../quick-start/clock.ts';
import { Scheduler } from './scheduler.ts';

describe('the code of docs/reloading.md', () => {
  it('reloads the greeter of the quick start, and tells of it', async () => {
    const greeter = new URL('../quick-start/plugins/greeter', import.meta.url).href;
    await using host = createHost({ plugins: [greeter], services: [[Clock, SystemClock]] });
    await host.start();
    const seen: string[] = [];
    // #region calls
    const stop = host.on('plugin:running', ({ plugin, generation }) => {
      seen.push(`${plugin}@${generation}`);
    });
    const status = await host.reload('greeter'); // resolves when the old generation is gone
    const reason = status.failure?.fix; // where it was refused: what to write
    stop();
    // #endregion
    assert.deepEqual([seen, reason], [['greeter@2'], undefined]);
  });

  it('watches a folder', async () => {
    const folder = fileURLToPath(new URL('../quick-start/plugins', import.meta.url));
    // #region watch
    const host = createHost({ plugins: [folder], services: [[Clock, SystemClock]], watch: true });
    // #endregion
    await host.start();
    assert.equal(host.plugins[0]?.state, 'running');
    await host.close();
  });

  it('has a scheduler that never has two owners of its port', async () => {
    process.env['SCHEDULER_PORT'] = '0';
    await using host = createHost({ plugins: [Scheduler] });
    await host.start();
    assert.equal((await host.reload('scheduler')).generation, 2);
    delete process.env['SCHEDULER_PORT'];
  });
});
