import { parseArgs } from 'node:util';
import type { Durations } from './measure.ts';
import { peers, type Peer } from './peers.ts';
import { scenarios } from './scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options extends Durations {
  readonly scenarios: readonly Scenario[];
  readonly peers: readonly Peer[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly check: boolean;
  /** What was typed, for the report. */
  readonly command: string;
}

const quickPeers = ['raw', 'fastify', 'plugboard'];

export const usage = `npm run bench -- [options]

  --quick             one second of each, for ${quickPeers.join(', ')}: does it still run? Its numbers mean little
  --scenario a,b      of ${scenarios.map(({ id }) => id).join(', ')}; default all
  --peers x,y         of ${peers.map(({ id }) => id).join(', ')}; default all
  --rounds n          default 3
  --seconds n         timed, of each row in each round; default 4
  --warm-up n         seconds of the same load before the clock runs; default 5: within the first seconds V8 is still at work
  --check             ask for each answer once and time nothing
  --help`;

/** @throws {Error} where an option is unknown, or names what is not there. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      scenario: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    scenarios: chosen(scenarios, values.scenario),
    peers: chosen(peers, values.peers ?? (values.quick ? quickPeers.join(',') : undefined)),
    rounds: positive('rounds', values.rounds, values.quick ? 1 : 3),
    seconds: positive('seconds', values.seconds, values.quick ? 1 : 4),
    warmUpSeconds: values.quick ? 0 : positive('warm-up', values['warm-up'], 5),
    quick: values.quick,
    check: values.check,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
}

function chosen<T extends { readonly id: string }>(
  all: readonly T[],
  names: string | undefined,
): readonly T[] {
  if (names === undefined) return all;
  const asked = names.split(',');
  const unknown = asked.find((name) => !all.some(({ id }) => id === name));
  if (unknown !== undefined) {
    throw new Error(`There is no "${unknown}", only ${all.map(({ id }) => id).join(', ')}.`);
  }
  return all.filter(({ id }) => asked.includes(id));
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number from 1 up.`);
  return number;
}
