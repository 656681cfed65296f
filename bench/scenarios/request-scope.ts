import assert from 'node:assert/strict';
import type { BenchRequest, Check, Scenario } from './scenario.ts';

const request: BenchRequest = { method: 'GET', path: '/visits' };

export const requestScope: Scenario = {
  id: 'f',
  title: 'a service that lives as long as a request, shared by all that serves it',
  variants: [''],
  bases: [
    { title: 'RC', of: ({ variant }) => ({ peer: 'routing-controllers', variant }) },
    { title: 'Nest on Fastify', of: ({ variant }) => ({ peer: 'nest-fastify', variant }) },
  ],
  requests: () => [request],
  checks() {
    const seen = new Set<unknown>();
    const check: Check = {
      request,
      status: [200],
      body(answer) {
        const { visit, shared } = answer as { visit: number; shared: boolean };
        assert.ok(shared, 'one request has two of them');
        assert.ok(!seen.has(visit), 'two requests share one');
        seen.add(visit);
      },
    };
    return [check, check];
  },
};
