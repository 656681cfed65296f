// How long one test of one plugin takes: start, one request, close.
//
//   npm run build && node --import plugboard/register bench/test-plugin.ts [tests, default 200]
//
// Prints the first, which loads and compiles what all later ones find ready, and the median of the later ones.
import 'reflect-metadata';
import { Get, JsonController } from 'routing-controllers';
import { testPlugin } from '../dist/testing/index.js';
import { Plugin } from './plugboard.ts';

class Clock {
  now(): string {
    return '';
  }
}

@Plugin({ name: 'greeter' })
@JsonController('/greet')
class GreeterPlugin {
  constructor(private readonly clock: Clock) {}

  @Get('/ada')
  greet(): object {
    return { greeting: 'Hello ada', at: this.clock.now() };
  }
}

const tests = Number(process.argv[2] ?? 200);
const first = await timeOne();
const later: number[] = [];
for (let test = 0; test < tests; test += 1) later.push(await timeOne());
later.sort((a, b) => a - b);
const at = (share: number): string => later[Math.floor((later.length - 1) * share)]?.toFixed(2) ?? '';
console.log(
  `first ${first.toFixed(1)} ms; then, of ${tests}: median ${at(0.5)} ms, 95 % under ${at(0.95)} ms`,
);

async function timeOne(): Promise<number> {
  const begin = performance.now();
  const bed = await testPlugin(GreeterPlugin)
    .mock(Clock, { now: () => '12:00' })
    .start();
  await bed.request.get('/greet/ada').expect(200, { greeting: 'Hello ada', at: '12:00' });
  await bed.close();
  return performance.now() - begin;
}
