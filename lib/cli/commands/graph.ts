import { InvalidArgumentError, Option, type Command } from 'commander';
import type { PluginDependency, PluginOutline } from 'plugboard';

interface GraphFlags {
  readonly direction: string;
  readonly config?: string;
  readonly json?: boolean;
}

export function addGraph(program: Command): void {
  program
    .command('graph')
    .description('draw who needs whom, by imports and exports, as Mermaid text')
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .addOption(
      new Option('--direction <direction>', 'TD: from above to below; LR: from left to right')
        .default('LR')
        .argParser(direction),
    )
    .option(
      '--json',
      '{ nodes: { name, version, exports, failure }[], edges: { from, to, via, optional }[] }',
    )
    .addHelpText(
      'after',
      `
An arrow goes from a plugin to the one that it needs; a dotted one where it starts without it, too.
The code of plugins is loaded, and nothing of it is constructed or started.
Ends with 1 where a plugin could not be started.

Examples:
  plugboard graph > plugins.mmd
  (echo '\`\`\`mermaid'; plugboard graph; echo '\`\`\`') >> README.md
  plugboard graph --json | jq '.edges'`,
    )
    .action(async (listed: readonly string[], flags: GraphFlags) => {
      const { readOutlines, report } = await import('../outlines.ts');
      const plugins = await readOutlines(listed, flags.config);
      const json = { nodes: plugins.map(toNode), edges: plugins.flatMap(toEdges) };
      await report({ text: mermaid(plugins, flags.direction), json, plugins }, flags.json ?? false);
    });
}

function direction(written: string): string {
  if (/^(TD|TB|BT|LR|RL)$/.test(written)) return written;
  throw new InvalidArgumentError('It is TD, TB, BT, LR or RL.');
}

function toNode({ name, version, exports, failure }: PluginOutline): object {
  return { name, version, exports, failure: failure?.code };
}

interface Edge extends Omit<PluginDependency, 'on'> {
  readonly from: string;
  readonly to: string;
}

function toEdges({ name, dependencies }: PluginOutline): readonly Edge[] {
  return dependencies.map(({ on, via, optional }) => ({ from: name, to: on, via, optional }));
}

function mermaid(plugins: readonly PluginOutline[], toward: string): string {
  const ids = new Map(plugins.map(({ name }, index) => [name, `p${index + 1}`]));
  const nodes = plugins.map(
    ({ name, failure }) => `  ${ids.get(name)}["${quoted(name)}"]${failure ? ':::failed' : ''}`,
  );
  const edges = plugins.flatMap(toEdges).map(({ from, to, via, optional }) => {
    const arrow = optional ? '-.->' : '-->';
    return `  ${ids.get(from)} ${arrow}|"${quoted(via)}"| ${ids.get(to)}`;
  });
  const failed = plugins.some(({ failure }) => failure)
    ? ['  classDef failed stroke:#c00,stroke-width:2px,stroke-dasharray:4']
    : [];
  return [`flowchart ${toward}`, ...nodes, ...edges, ...failed].join('\n');
}

/** Mermaid's own way of writing what would end a text. */
function quoted(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
