// How long a host takes to start, and what it keeps in memory:
//
//   npm run build && node --import plugboard/register bench/start.ts
//
// Each case runs in processes of its own, one after another in turn; medians of all rounds.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Asked, Started } from './start-process.ts';
import { median } from './statistics.ts';
import { markdownTable } from './table.ts';

const rounds = 5;
const cases: readonly Asked[] = [
  { classes: 1, folders: 0 },
  { classes: 100, folders: 0 },
  { classes: 1000, folders: 0 },
  { classes: 0, folders: 1 },
  { classes: 0, folders: 100 },
];

const results = cases.map((asked) => ({ asked, runs: [] as Started[] }));
for (let round = 0; round < rounds; round += 1) {
  for (const { asked, runs } of results) runs.push(startInProcess(asked));
}
const lines = results.map(({ asked: { classes, folders }, runs }) => {
  const middle = (key: 'ms' | 'heap' | 'rss'): number => median(runs, (run) => run[key]);
  return [
    classes > 0 ? `as classes: ${classes}` : `as TypeScript folders: ${folders}`,
    middle('ms').toFixed(1),
    middle('heap').toFixed(1),
    middle('rss').toFixed(1),
    // Of one, it is noise.
    classes + folders > 1 ? ((middle('rss') * 1024) / (classes + folders)).toFixed(0) : '',
  ];
});
console.log(`Node ${process.version}, medians of ${rounds} rounds\n`);
console.log(markdownTable(['plugins', 'start, ms', 'heap, MB', 'RSS, MB', 'RSS each, KB'], lines));

function startInProcess(asked: Asked): Started {
  const file = fileURLToPath(new URL('start-process.ts', import.meta.url));
  const flags = ['--expose-gc', '--import', 'plugboard/register'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, file, String(asked.classes), String(asked.folders)],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Started;
}
