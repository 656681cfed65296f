import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict';
import { join } from 'node:path';
import { exit } from 'node:process';
import { Plugin } from 'plugboard';
import { Stage } from '../../fixtures/escapes/stage.ts';
import { closeBenches, EscapeBench, fixtures, placed } from './escapes.ts';

const options = { plugins: [join(fixtures, 'plugins/leaky')], services: [Stage] };

describe('what hosts put in the place of methods of process', () => {
  before(() => ok(!Object.hasOwn(process, 'emit'), 'a test before these has left a host open'));
  afterEach(closeBenches);

  it('is there once for all hosts, and gone with the last', async () => {
    const before = placed();
    const first = await EscapeBench.start(options);
    const during = placed();
    for (const [index, { value }] of during.map((own) => own ?? { value: undefined }).entries()) {
      notEqual(value, before[index]?.value);
    }
    const second = await EscapeBench.start(options);
    deepEqual(placed(), during);
    await first.host.close();
    deepEqual(placed(), during);
    await second.host.close();
    deepEqual(placed(), before);
    ok(!Object.hasOwn(process, 'emit'));
  });

  it('is gone when a start was refused, and is not there before one', async () => {
    const before = placed();
    @Plugin({ name: 'needed', critical: true })
    class NeededPlugin {
      onStart(): void {
        throw new Error('no');
      }
    }
    await rejects(EscapeBench.start({ plugins: [NeededPlugin] }), { code: 'CRITICAL_PLUGIN_FAILED' });
    deepEqual(placed(), before);
  });

  it('is what is imported by name, too, as long as it is there', async () => {
    const before = exit;
    const { host } = await EscapeBench.start(options);
    equal(exit, process.exit);
    notEqual(exit, before);
    await host.close();
    equal(exit, before);
  });

  it('lets all else through to what somebody puts over it, and stays beneath it without effect', async () => {
    const { host } = await EscapeBench.start(options);
    const ours = process.emit;
    const heard: unknown[] = [];
    const theirs = function (this: NodeJS.Process, ...args: unknown[]): boolean {
      heard.push(args[0]);
      return Reflect.apply(ours, this, args) as boolean;
    };
    process.emit = theirs as typeof process.emit;
    await host.close();
    equal(process.emit, theirs);
    process.once('news' as never, (() => heard.push('listened')) as never);
    process.emit('news' as never);
    ok(heard.includes('news') && heard.includes('listened'));
    // The next host finds it still there.
    const bench = await EscapeBench.start(options);
    equal(process.emit, theirs);
    await bench.request.get('/leaky/setTimeout').expect(200);
    equal((await bench.next()).plugin, 'leaky');
    process.emit = ours;
    await bench.host.close();
    ok(!Object.hasOwn(process, 'emit'));
  });

  it('comes back for the next host where somebody has taken it away', async () => {
    const { emit } = process;
    await EscapeBench.start(options);
    process.emit = emit;
    const bench = await EscapeBench.start(options);
    await bench.request.get('/leaky/setTimeout').expect(200);
    equal((await bench.next()).plugin, 'leaky');
    await closeBenches();
    Reflect.deleteProperty(process, 'emit');
  });
});
