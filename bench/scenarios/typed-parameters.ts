import { usualBases, type BenchRequest, type Check, type Scenario } from './scenario.ts';

export const typedParameters: Scenario = {
  id: 'b',
  title: 'GET with a typed path parameter and query',
  variants: [''],
  bases: usualBases,
  requests: () => [typedRequest('/items')],
  checks: () => typedChecks('/items'),
};

export function typedRequest(path: string): BenchRequest {
  return get(`${path}/42?limit=20&active=true`);
}

/** The parameters arrive as numbers and a boolean, the last may be left out, and what is no number is refused. */
export function typedChecks(path: string): readonly Check[] {
  return [
    { request: typedRequest(path), status: [200], body: { id: 42, limit: 20, active: true } },
    {
      request: get(`${path}/7?limit=5&active=false`),
      status: [200],
      body: { id: 7, limit: 5, active: false },
    },
    { request: get(`${path}/7?limit=5`), status: [200], body: { id: 7, limit: 5 } },
    { request: get(`${path}/seven?limit=5`), status: [400, 422] },
    { request: get(`${path}/7?limit=five`), status: [400, 422] },
  ];
}

function get(path: string): BenchRequest {
  return { method: 'GET', path };
}
