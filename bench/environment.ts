import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadName } from './load/load.ts';
import type { Options } from './options.ts';
import { canPin } from './pinning.ts';

/** Where, when, with what and how it was measured. */
export function environment({ rounds, seconds, warmUpSeconds, command }: Options): string {
  const [cpu] = cpus();
  return `# Plugboard and others, Node ${process.versions.node}

\`${command}\` on ${new Date().toISOString().slice(0, 10)}

- ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}
- ${canPin ? 'server on core 0, load on core 1 (taskset)' : '**not pinned** (taskset is missing, or there is one core): expect more noise'}
- load: ${loadName}, 64 connections; medians of ${rounds} rounds of ${seconds} s each after ${warmUpSeconds} s of warm-up, in an order that is new in each round
- ratios are by requests per second / by processor time of the server per request; above 1 is better
- ${measuredPackages.map((name) => `${name} ${versionOf(name)}`).join(', ')}
`;
}

const measuredPackages = [
  'plugboard',
  'fastify',
  'hono',
  '@hono/node-server',
  'zod',
  '@nestjs/core',
  '@inversifyjs/http-core',
  'express',
  'routing-controllers',
  'inversify',
  'class-validator',
  'class-transformer',
];

function versionOf(name: string): string {
  const places = ['./node_modules/', '../node_modules/'].map((folder) => `${folder}${name}/package.json`);
  const manifest = name === 'plugboard' ? ['../package.json'] : places;
  const path = manifest.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  if (!path) return '(not installed)';
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
