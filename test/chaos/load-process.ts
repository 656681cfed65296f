// Asks a server on and on, and says at each lap what has become of it since the last: a process of its own, so that what
// the other does beside serving does not count as latency.
import { argv } from 'node:process';
import { Clients, type Answered } from './clients.ts';

/** What the clients have seen since the last lap. */
export interface Lap {
  /** Of each request, in ms. */
  readonly latencies: readonly number[];
  readonly failed: readonly Answered[];
}

/** So many requests more, or the end. */
export type Order = number | 'stop';

const [port = '', expected = '{}', everyMs = '0'] = argv.slice(2);
const bodies = JSON.parse(expected) as Readonly<Record<string, string>>;
const clients = new Clients(Number(port), Object.keys(bodies), { count: 8, everyMs: Number(everyMs) });

// oxlint-disable-next-line typescript/no-misused-promises -- nobody waits for a listener
process.on('message', async (order: Order) => {
  await (order === 'stop' ? clients.stop() : clients.moreAnswers(order));
  const answers = clients.answers.splice(0);
  const lap: Lap = {
    latencies: answers.map(({ ms }) => ms),
    failed: answers.filter(({ path, status, body }) => status !== 200 || body !== bodies[path]),
  };
  process.send?.(lap, () => {
    if (order === 'stop') process.disconnect();
  });
});
