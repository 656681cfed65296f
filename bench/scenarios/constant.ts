import { usualBases, type BenchRequest, type Scenario } from './scenario.ts';

const request: BenchRequest = { method: 'GET', path: '/hello' };

export const constant: Scenario = {
  id: 'a',
  title: 'GET constant JSON',
  variants: [''],
  bases: usualBases,
  requests: () => [request],
  checks: () => [{ request, status: [200], body: { hello: 'world' } }],
};
