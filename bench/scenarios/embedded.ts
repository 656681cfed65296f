import type { BenchRequest, Scenario } from './scenario.ts';
import { typedChecks, typedRequest } from './typed-parameters.ts';

const hello: BenchRequest = { method: 'GET', path: '/hello' };

/** Where each finds its own route in an app that has both. */
const mountedAt: Readonly<Record<string, string>> = {
  express: '/by-hand',
  'express-server': '/by-hand',
  'plugboard-app': '/plugins',
  'plugboard-server': '/plugins',
};

export const embedded: Scenario = {
  id: 'g',
  title: 'one Express app that has the same action by hand and, below app.use, from a plugin',
  variants: ['constant', 'typed'],
  bases: [{ title: 'Express', of: ({ variant }) => ({ peer: 'express', variant }) }],
  requests: ({ peer, variant }) => [
    variant === 'constant' ? below(peer, hello) : typedRequest(`${mountedAt[peer]}/items`),
  ],
  checks: ({ peer, variant }) =>
    variant === 'constant'
      ? [{ request: below(peer, hello), status: [200], body: { hello: 'world' } }]
      : typedChecks(`${mountedAt[peer]}/items`),
};

function below(peer: string, request: BenchRequest): BenchRequest {
  return { ...request, path: `${mountedAt[peer]}${request.path}` };
}
