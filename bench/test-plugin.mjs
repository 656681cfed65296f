// How long one test of one plugin takes: start, one request, close.
//
//   npm run build && node bench/test-plugin.mjs [tests, default 200]
//
// Prints the first, which loads and compiles what all later ones find ready, and the median of the later ones.
import 'reflect-metadata';
import { JsonController, Get } from 'routing-controllers';
import { inject } from 'inversify';
import { Plugin } from 'plugboard';
import { testPlugin } from 'plugboard/testing';

class Clock {
  now() {
    return '';
  }
}

class GreeterPlugin {
  constructor(clock) {
    this.clock = clock;
  }

  greet() {
    return { greeting: 'Hello ada', at: this.clock.now() };
  }
}
inject(Clock)(GreeterPlugin, undefined, 0);
Get('/ada')(
  GreeterPlugin.prototype,
  'greet',
  Object.getOwnPropertyDescriptor(GreeterPlugin.prototype, 'greet'),
);
JsonController('/greet')(GreeterPlugin);
Plugin({ name: 'greeter' })(GreeterPlugin);

const tests = Number(process.argv[2] ?? 200);
const first = await timeOne();
const later = [];
for (let test = 0; test < tests; test += 1) later.push(await timeOne());
later.sort((a, b) => a - b);
const at = (share) => later[Math.floor((later.length - 1) * share)].toFixed(2);
console.log(
  `first ${first.toFixed(1)} ms; then, of ${tests}: median ${at(0.5)} ms, 95 % under ${at(0.95)} ms`,
);

async function timeOne() {
  const begin = performance.now();
  const bed = await testPlugin(GreeterPlugin)
    .mock(Clock, { now: () => '12:00' })
    .start();
  await bed.request.get('/greet/ada').expect(200, { greeting: 'Hello ada', at: '12:00' });
  await bed.close();
  return performance.now() - begin;
}
