// What it costs to be told of each request:
//
//   npm run build && node --import plugboard/register bench/observe.ts [rounds, default 5]
//
// The same host with metrics, with the access log (written to /dev/null), with both and with neither, each in processes of
// its own, in an order that is new in each round. The ratio is that of the processor time for a request, to neither.
import { loadName } from './load/load.ts';
import { measure, type Measured } from './measure.ts';
import { constant } from './scenarios/constant.ts';
import { layers } from './scenarios/layers.ts';
import { typedParameters } from './scenarios/typed-parameters.ts';
import { median, ratio } from './statistics.ts';
import { markdownTable } from './table.ts';

const rounds = Number(process.argv[2] ?? 5);
const durations = { warmUpSeconds: 1, seconds: 2 };
const variants = ['neither', 'metrics', 'access log', 'metrics and access log'];

console.log(`Node ${process.version}, ${loadName}, ${rounds} rounds of ${durations.seconds} s each\n`);
for (const scenario of [constant, typedParameters, layers]) {
  const results = new Map<string, Measured[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of shuffled(variants)) {
      process.stderr.write(`${scenario.id} ${round + 1}/${rounds} ${variant}\n`);
      const row = { peer: 'plugboard-observed', variant };
      results.get(variant)?.push(await measure(scenario, row, durations));
    }
  }
  const base = results.get('neither') ?? [];
  const lines = [...results].map(([variant, measured]) => [
    variant,
    median(measured, ({ cpuPerRequest }) => cpuPerRequest).toFixed(1),
    (1 / ratio(measured, base).cpu).toFixed(2),
  ]);
  console.log(`${scenario.id}. ${scenario.title}\n`);
  console.log(markdownTable(['', 'CPU µs/request', '× neither'], lines));
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}
