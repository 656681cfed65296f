import assert from 'node:assert/strict';
import { testPlugin } from 'plugboard/testing';
import { MailPlugin } from './plugins/mail/index.ts';

describe('the plugin mail', () => {
  // #region test
  it('reads its variables', async () => {
    await using bed = await testPlugin(MailPlugin, {
      environment: { PLUGBOARD_MAIL_SMTP__PORT: '2525' },
    }).start();
    const { body } = await bed.request.get('/mail/settings');
    assert.equal(body.smtp.port, 2525);
  });
  // #endregion
});
