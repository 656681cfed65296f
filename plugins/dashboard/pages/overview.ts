import type { PluginStatus } from 'plugboard';
import type { Figures } from '../watching/watch.ts';
import { readableDuration } from '../watching/text.ts';
import { toneOf, type Tone } from './plugin-state.ts';

/** A plugin's figures as texts. */
export interface FigureTexts {
  readonly uptime: string;
  readonly rate: string;
  readonly p99: string;
  readonly errors: string;
  readonly restarts: string;
}

export function figureTexts(
  { startedAt }: PluginStatus,
  { rate, p99, errors, restarts }: Figures,
  now = Date.now(),
): FigureTexts {
  return {
    uptime: startedAt ? readableDuration(now - startedAt.getTime()) : '–',
    rate: rate === 0 ? '0' : rate < 10 ? rate.toFixed(1) : rate.toFixed(0),
    p99: p99 === undefined ? '–' : `${p99 < 10 ? p99.toFixed(1) : p99.toFixed(0)} ms`,
    errors: String(errors),
    restarts: String(restarts),
  };
}

/** "All 4 plugins run", "1 of 4 plugins is broken, 1 is not running". */
export function summarize(statuses: readonly PluginStatus[]): string {
  const count = (tone: Tone): number => statuses.filter((status) => toneOf(status) === tone).length;
  const broken = count('bad');
  const quiet = count('quiet');
  const all = statuses.length;
  const plugins = all === 1 ? 'plugin' : 'plugins';
  if (broken === 0 && quiet === 0) return all === 1 ? 'The plugin runs' : `All ${all} plugins run`;
  const parts = [
    ...(broken > 0 ? [`${broken} of ${all} ${plugins} ${broken === 1 ? 'is' : 'are'} broken`] : []),
    ...(quiet > 0 ? [`${quiet} of ${all} ${plugins} ${quiet === 1 ? 'does' : 'do'} not run`] : []),
  ];
  return parts.join(', ');
}
