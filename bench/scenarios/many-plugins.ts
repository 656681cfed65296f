import type { BenchRequest, Case, Scenario } from './scenario.ts';
import { typedChecks, typedRequest } from './typed-parameters.ts';

const one = '1 plugin';

export const manyPlugins: Scenario = {
  id: 'd',
  title: 'the same as b, among many plugins of 5 routes, each asked in its turn',
  variants: [one, '10 plugins', '100 plugins', '1000 plugins', '1000 plugins, one asked'],
  bases: [{ title: one, of: ({ peer }) => ({ peer, variant: one }) }],
  requests: askedPaths,
  checks: (row) => [...typedChecks('/p0/items'), ...typedChecks(`/p${pluginCount(row) - 1}/items`)],
};

/** How many plugins a server is to have. */
export function pluginCount({ variant }: Case): number {
  return Number.parseInt(variant, 10);
}

function askedPaths(row: Case): readonly BenchRequest[] {
  const count = row.variant.endsWith('one asked') ? 1 : pluginCount(row);
  // At least two, so that the load generator has the same work for all of them.
  return Array.from({ length: Math.max(2, count) }, (_, index) => typedRequest(`/p${index % count}/items`));
}
