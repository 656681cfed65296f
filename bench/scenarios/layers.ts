import { usualBases, type BenchRequest, type Scenario } from './scenario.ts';

const request: BenchRequest = { method: 'GET', path: '/reports' };

export const layers: Scenario = {
  id: 'e',
  title: 'an async action behind a middleware (@UseBefore) and an interceptor',
  variants: [''],
  bases: [
    ...usualBases,
    { title: 'Nest on Fastify', of: ({ variant }) => ({ peer: 'nest-fastify', variant }) },
  ],
  requests: () => [request],
  checks: () => [
    { request, status: [200], body: { data: { report: 'daily' } }, headers: { 'x-stamp': 'bench' } },
  ],
};
