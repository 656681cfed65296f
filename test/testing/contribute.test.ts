import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { inject, injectable } from 'inversify';
import { extensionPoint, Plugin, PluginError, type Extensions } from 'plugboard';
import { testHost, testPlugin } from 'plugboard/testing';
import { Get, JsonController } from 'routing-controllers';
import { Clock } from './till-plugin.ts';

interface Notice {
  readonly text: string;
}
const Notices = extensionPoint<Notice>('test.notices');

@Plugin({ name: 'board' })
@JsonController('/board')
class BoardPlugin {
  constructor(@inject(Notices) readonly notices: Extensions<Notice>) {}

  @Get()
  all() {
    return this.notices.values.map(({ text }) => text);
  }
}

describe('contribute', () => {
  it('adds to an extension point what another plugin would, in the order of the calls', async () => {
    await using bed = await testPlugin(BoardPlugin)
      .contribute(Notices, { text: 'one' })
      .contribute(Notices, { text: 'two' })
      .start();
    await bed.request.get('/board').expect(200, ['one', 'two']);
    equal([...bed.plugin.notices][0]?.plugin, 'test-contributions');
  });

  it('takes a class, which is made with what the test gives', async () => {
    @injectable()
    class TimeNotice implements Notice {
      readonly text: string;
      constructor(@inject(Clock) clock: Clock) {
        this.text = `It is ${clock.now()}.`;
      }
    }
    await using bed = await testPlugin(BoardPlugin)
      .contribute(Notices, TimeNotice)
      .mock(Clock, { now: () => 'noon' })
      .start();
    await bed.request.get('/board').expect(200, ['It is noon.']);
  });

  it('can be taken away while the plugin runs', async () => {
    await using bed = await testPlugin(BoardPlugin).contribute(Notices, { text: 'one' }).start();
    const gone: string[] = [];
    bed.plugin.notices.on('removed', ({ value }) => gone.push(value.text));
    await bed.host.unload('test-contributions');
    deepEqual(gone, ['one']);
    await bed.request.get('/board').expect(200, []);
  });

  it('stands beside what the plugins of a host contribute', async () => {
    @Plugin({ name: 'office', contributes: [[Notices, { text: 'closed today' }]] })
    class OfficePlugin {}
    await using bed = await testHost([OfficePlugin, BoardPlugin])
      .contribute(Notices, { text: 'one' })
      .start();
    await bed.request.get('/board').expect(200, ['closed today', 'one']);
  });

  it('is an error where nothing injects the point: it would silently do nothing', async () => {
    const Others = extensionPoint<Notice>('test.others');
    const start = testPlugin(BoardPlugin).contribute(Others, { text: 'one' }).start();
    await rejects(start, ({ code, message }: PluginError) => {
      equal(code, 'UNUSED_MOCK');
      match(
        message,
        /never asked for: test\.others\..*The plugin binds or imports: BoardPlugin, test\.notices\./,
      );
      return true;
    });
  });
});
