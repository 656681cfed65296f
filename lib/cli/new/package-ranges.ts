import { createRequire } from 'node:module';

type Ranges = Readonly<Record<string, string>>;

interface PackageRanges {
  readonly engines: Ranges;
  readonly dependencies: Ranges;
  readonly devDependencies: Ranges;
}

interface OwnPackage extends PackageRanges {
  readonly version: string;
  readonly peerDependencies: Ranges;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** What a new package depends on: this Plugboard, and what that is tested with. `plugboard`: another range of it. */
export function packageRanges(plugboard: string | undefined): PackageRanges {
  const own = createRequire(import.meta.url)('plugboard/package.json') as OwnPackage;
  const pick = (names: readonly string[]): Ranges =>
    Object.fromEntries(
      names.map((name) => [name, own.devDependencies[name] ?? own.dependencies[name] ?? '*']),
    );
  const peers = Object.keys(own.peerDependencies).filter((name) => !own.peerDependenciesMeta[name]?.optional);
  return {
    engines: own.engines,
    dependencies: sorted({ ...pick(peers), plugboard: plugboard ?? `^${own.version}` }),
    devDependencies: pick(tools),
  };
}

const tools = [
  '@types/express',
  '@types/mocha',
  '@types/node',
  '@types/supertest',
  'mocha',
  'oxlint',
  'supertest',
  'typescript',
];

function sorted(ranges: Ranges): Ranges {
  return Object.fromEntries(Object.entries(ranges).sort(([one], [other]) => one.localeCompare(other)));
}
