import type { PluginFailure } from 'plugboard';
import { painter, type Terminal } from './terminal.ts';

interface Explained {
  readonly name: string;
  readonly failure?: PluginFailure | undefined;
  readonly warnings: readonly string[];
}

/** Below a table: the reason and the fix of each plugin that failed, and what warns. Empty where all is well. */
export function explainAll(plugins: readonly Explained[], stream: Terminal = process.stdout): string {
  return plugins.map((plugin) => explain(plugin, stream)).join('');
}

function explain({ name, failure, warnings }: Explained, stream: Terminal): string {
  const warned = warnings
    .map((warning) => `\n${painter(stream)('yellow', '!')} ${name}: ${warning}\n`)
    .join('');
  return failure ? `${warned}\n${explainFailure(name, failure, stream)}\n` : warned;
}

/** What failed, why, and what to do: three lines or more. */
export function explainFailure(
  name: string,
  { code, phase, message, fix }: Pick<PluginFailure, 'code' | 'phase' | 'message' | 'fix'>,
  stream: Terminal = process.stdout,
): string {
  const paint = painter(stream);
  return `${paint('red', '✗')} ${paint('bold', name)} (${phase}, ${code})\n  ${indent(message)}\n  ${paint('green', 'Fix:')} ${indent(fix)}`;
}

/** The lines of a text below its first one stand where that does. */
export function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
