import type { PluginStatus } from 'plugboard';
import type { Figures } from '../watching/watch.ts';
import { readableDuration } from '../watching/text.ts';
import { isMarred, toneOf, type Tone } from './plugin-state.ts';

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

/** "All 4 plugins run", "1 of 4 plugins is broken, 1 does not run". */
export function summarize(statuses: readonly PluginStatus[]): string {
  const all = statuses.length;
  const count = (tone: Tone): number => statuses.filter((status) => toneOf(status) === tone).length;
  const [broken, quiet] = [count('bad'), count('quiet')];
  const marred = statuses.filter(isMarred).length;
  if (broken + quiet + marred === 0) return all === 1 ? 'The plugin runs' : `All ${all} plugins run`;
  const counted = [
    { number: broken, one: 'is broken', many: 'are broken' },
    { number: marred, one: 'runs after a failure', many: 'run after a failure' },
    { number: quiet, one: 'does not run', many: 'do not run' },
  ].filter(({ number }) => number > 0);
  return counted
    .map(({ number, one, many }, index) => {
      const whole = index === 0 ? ` of ${all} ${all === 1 ? 'plugin' : 'plugins'}` : '';
      return `${number}${whole} ${number === 1 ? one : many}`;
    })
    .join(', ');
}
