import { reloadAgainAndAgain } from './reloads.ts';
import type { ReloadsReport } from './reloads-process.ts';
import { markdown, type Section } from './section.ts';

/** Old generations are collected, and the process does not grow. */
export async function reloadsSoak(): Promise<Section> {
  const runs = [
    { reloads: 1_000, flags: [] },
    { reloads: 3_000, flags: ['--max-old-space-size=300'] },
  ];
  const rows: string[][] = [];
  const broken: string[] = [];
  for (const { reloads, flags } of runs) {
    const report = await reloadAgainAndAgain(reloads, flags);
    rows.push([String(reloads), flags.join(' '), ...cells(report)]);
    broken.push(...brokenClaims(report).map((claim) => `${reloads} reloads: ${claim}`));
  }
  const head = [
    'reloads',
    'flags',
    'not collected',
    'heap per reload, KB',
    'RSS at first, MB',
    'RSS at most, MB',
  ];
  return {
    table: markdown('Reloads of a TypeScript plugin with 1 MB of text', [
      [...head, 'RSS at last, MB', 'requests', 'ms per reload'],
      ...rows,
    ]),
    broken,
  };
}

function cells({
  left,
  heapBytesPerReload,
  rssBytes,
  rssBytesMost,
  requests,
  msPerReload,
}: ReloadsReport): string[] {
  return [
    String(left.length),
    (heapBytesPerReload / 1e3).toFixed(1),
    ...[rssBytes[0], rssBytesMost, rssBytes.at(-1)].map((bytes = 0) => (bytes / 1e6).toFixed(0)),
    String(requests),
    msPerReload.toFixed(0),
  ];
}

function brokenClaims({ left, leaksTold, heapBytesPerReload, rssBytes }: ReloadsReport): string[] {
  // What the bundler and V8 keep in reserve has come by the first half.
  const [early, late] = [rssBytes.slice(0, 6), rssBytes.slice(6)].map((part) => Math.max(...part));
  return [
    ...(left.length + leaksTold > 0 ? [`generations ${left.join(', ')} are still there`] : []),
    ...(heapBytesPerReload >= 10_000 ? [`${heapBytesPerReload} bytes of heap each`] : []),
    ...(Number(late) > Number(early) * 1.5 ? ['RSS goes on growing'] : []),
  ];
}
