import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { createHost, PluginError, type Host } from 'plugboard';
import { captureLog } from '../host/hosting.ts';
import { Ledger, randomPlugin, type Answer, type Sketch } from './random-plugins.ts';

const names = ['p0', 'p1', 'p2', 'p3'] as const;

const sketch: fc.Arbitrary<Sketch> = fc
  .record({
    name: fc.constantFrom(...names),
    needs: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
    // One in four.
    fails: fc.constantFrom(false, false, false, true),
    exclusive: fc.constantFrom(false, false, true),
  })
  .map((one) => ({ ...one, needs: one.needs.filter((needed) => needed !== one.name) }));

type Change =
  | { readonly kind: 'load'; readonly sketch: Sketch }
  | { readonly kind: 'unload' | 'reload' | 'release'; readonly name: string };

/** What is asked for at the same time, while plugins still answer. */
interface Group {
  readonly asked: readonly string[];
  readonly changes: readonly Change[];
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('load' as const), sketch }),
  fc.record({
    kind: fc.constantFrom('unload' as const, 'reload' as const, 'release' as const),
    name: fc.constantFrom(...names),
  }),
);

const group: fc.Arbitrary<Group> = fc.record({
  asked: fc.subarray([...names], { maxLength: 2 }),
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
});

const program = fc.array(group, { minLength: 1, maxLength: 8 });

describe('whatever is loaded, unloaded, reloaded, released and asked, in any order and at the same time', function () {
  this.timeout(120_000);

  it('a route is served if its plugin runs, on what runs now, and whatever started is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(program, async (groups) => {
        const world = new World();
        try {
          await world.open();
          for (const group of groups) {
            await world.takeAll(group);
            await world.check();
          }
        } finally {
          await world.close();
        }
        deepEqual(world.ledger.started, world.ledger.stopped);
      }),
      { numRuns: Number(process.env['CHAOS_RUNS'] ?? 60) },
    );
  });
});

class World {
  readonly ledger = new Ledger();
  readonly #violations: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #host: Host = createHost({ plugins: [], log: captureLog([]) });
  #port = 0;

  async open(): Promise<void> {
    this.#port = ((await this.#host.listen(0)).address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#host.close();
  }

  async takeAll({ asked, changes }: Group): Promise<void> {
    const answers: Promise<unknown>[] = [];
    for (const name of asked) {
      const { arrivals } = this.ledger;
      const arrived = once(arrivals, name);
      // Where nobody is there to be asked, the answer comes at once.
      answers.push(this.#ask(`${name}/slowly`).finally(() => arrivals.emit(name)));
      await arrived;
    }
    await Promise.all(changes.map(async (one) => this.#change(one)));
    await Promise.all(answers);
  }

  async check(): Promise<void> {
    deepEqual(this.#violations, []);
    for (const { name, state } of this.#host.plugins) {
      const alive = this.ledger.alive(name);
      const { status, answer } = await this.#ask(name);
      if (state !== 'running') {
        deepEqual([alive, status === 503 || status === 404], [[], true], `${name} is ${state}: ${status}`);
        continue;
      }
      equal(status, 200, name);
      deepEqual(alive, [answer?.id], name);
      for (const [needed, id] of answer?.given ?? []) {
        deepEqual(this.ledger.alive(needed), [id], `${name} stands on ${needed}`);
      }
    }
  }

  async #change(one: Change): Promise<void> {
    try {
      if (one.kind === 'load') {
        const onViolation = (violation: string): unknown => this.#violations.push(violation);
        await this.#host.load(randomPlugin(one.sketch, this.ledger, onViolation));
      } else await this.#host[one.kind](one.name);
    } catch (error) {
      // Of what was never loaded nothing can be unloaded.
      if (!(error instanceof PluginError && error.code === 'UNKNOWN_PLUGIN')) throw error;
    }
  }

  async #ask(path: string): Promise<{ readonly status: number; readonly answer: Answer | undefined }> {
    const asking = request({ port: this.#port, path: `/${path}`, agent: this.#agent }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const body = await text(response);
    const { statusCode: status = 0 } = response;
    return { status, answer: status === 200 ? (JSON.parse(body) as Answer) : undefined };
  }
}
