import { equal, ok, throws } from 'node:assert/strict';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { createAsyncContext, HookedContext, StoredContext } from '#lib/supervision/escapes/async-context.js';

const one = { name: 'one' };
const other = { name: 'other' };

const kinds = { 'kept by Node': StoredContext, 'kept by hooks': HookedContext };

for (const [kind, Context] of Object.entries(kinds)) {
  describe(`an asynchronous context, ${kind}`, () => {
    const context = new Context();

    it('is there in a call, and gone after it, also where it throws', () => {
      equal(
        context.run(one, () => context.get()),
        one,
      );
      throws(() =>
        context.run(one, () => {
          throw new Error('thrown');
        }),
      );
      equal(context.get(), undefined);
    });

    it('gives the call its arguments', () => {
      equal(
        context.run(one, (a: number, b: number) => a - b, 5, 3),
        2,
      );
    });

    it('knows nothing of another that there is at the same time', async () => {
      const another = new Context();
      const seen = await context.run(one, async () => {
        await turn();
        return another.run(other, async () => {
          await turn();
          return [context.get(), another.get()];
        });
      });
      equal(seen[0], one);
      equal(seen[1], other);
    });

    it('is the innermost', () => {
      context.run(one, () => {
        equal(
          context.run(other, () => context.get()),
          other,
        );
        equal(context.get(), one);
      });
    });

    it('can be left for a call, and for what that starts', async () => {
      const seen = await context.run(one, async () => {
        const outside = context.run(undefined, async () => {
          await turn();
          return context.get();
        });
        return [await outside, context.get()];
      });
      equal(seen[0], undefined);
      equal(seen[1], one);
    });

    it('follows timers, promises, ticks and microtasks, and what these start', async () => {
      const seen: unknown[] = [];
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (seen.push(context.get()) === 4) resolve();
        };
        void context.run(one, start, look);
      });
      for (const value of seen) equal(value, one);

      async function start(look: () => void): Promise<void> {
        setTimeout(() => setImmediate(look), 1);
        process.nextTick(() => queueMicrotask(look));
        void Promise.resolve().then(look);
        await pause(1);
        look();
      }
    });

    it('keeps what runs at the same time apart', async () => {
      const inTurn = async (value: object): Promise<unknown> =>
        context.run(value, async () => {
          for (let count = 0; count < 10; count++) await turn();
          return context.get();
        });
      const [first, second] = await Promise.all([inTurn(one), inTurn(other)]);
      equal(first, one);
      equal(second, other);
      equal(context.get(), undefined);
    });

    it('stays with a timer, however many promises there are meanwhile', async () => {
      const fired = new Promise<unknown>((resolve) => {
        context.run(one, () => setTimeout(() => resolve(context.get()), 50));
      });
      await context.run(other, async () => {
        for (let count = 0; count < 300_000; count++) await undefined;
      });
      equal(await fired, one);
    });
  });
}

describe('the kind of asynchronous context', () => {
  it('is the one that costs least in the Node that runs', () => {
    for (const version of ['24.0.0', '24.11.1', '26.0.0'])
      ok(createAsyncContext(version) instanceof StoredContext);
    for (const version of ['20.19.0', '22.4.1']) ok(createAsyncContext(version) instanceof HookedContext);
  });
});
