import { deepEqual, match, rejects } from 'node:assert/strict';
import { HostControl, Plugin, type PluginStatus } from 'plugboard';
import { testHost, testPlugin } from 'plugboard/testing';
import { OperatorPlugin } from '../plugins/operator.ts';

@Plugin({ name: 'lamp' })
class LampPlugin {}

describe('the operator', () => {
  // #region granted
  const granted = { settings: { operator: { grants: ['control'] } } } as const;

  it('takes a plugin out, and brings it back', async () => {
    await using bed = await testHost([OperatorPlugin, LampPlugin], granted).start();
    await bed.request.post('/plugins/lamp/unload').expect(200, { name: 'lamp', state: 'stopped' });
    await bed.request.post('/plugins/lamp/reload').expect(200, { name: 'lamp', state: 'running' });
  });
  // #endregion

  it('says why a plugin has not come back', async () => {
    const failure = {
      code: 'START_FAILED',
      phase: 'start',
      message: 'The bulb is broken.',
      fix: '',
    } as const;
    await using bed = await testPlugin(OperatorPlugin, { plugins: [LampPlugin] })
      .mock(HostControl, { reload: async () => ({ state: 'failed', failure }) as PluginStatus })
      .start();
    const { body } = await bed.request.post('/plugins/lamp/reload').expect(200);
    deepEqual(body, { name: 'lamp', state: 'failed', failure: 'The bulb is broken.' });
  });

  it('knows who is not there', async () => {
    await using bed = await testHost([OperatorPlugin], granted).start();
    const { body } = await bed.request.post('/plugins/lamp/unload').expect(404);
    match((body as Error).message, /no plugin lamp/);
  });

  it('does not wait for its own end', async () => {
    await using bed = await testHost([OperatorPlugin], granted).start();
    const { body } = await bed.request.post('/plugins/operator/reload').expect(400);
    match((body as Error).message, /does not change itself/);
  });

  it('does not run where the app has not said that it may', async () => {
    await rejects(testPlugin(OperatorPlugin).start(), { code: 'NOT_GRANTED' });
  });
});
