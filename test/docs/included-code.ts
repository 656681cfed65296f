import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page, and where its text comes from. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** `path/to/file.ts` or `path/to/file.ts#region`; undefined where the page itself is the source. */
  readonly from: string | undefined;
}

const fence = /(?:<!-- from: (?<from>\S+) -->\n+)?^```(?<language>\w*)\n(?<code>[^]*?)^```$/gm;

export function codeBlocks(page: string): readonly CodeBlock[] {
  return [...page.matchAll(fence)].map(({ groups = {} }) => ({
    language: groups['language'] ?? '',
    code: groups['code'] ?? '',
    from: groups['from'],
  }));
}

/** The page with every included block as its file has it now. */
export function withIncludedCode(page: string, root: string): string {
  return page.replace(fence, (block: string, from: string | undefined, language: string) =>
    from === undefined
      ? block
      : `<!-- from: ${from} -->\n\n\`\`\`${language}\n${readIncluded(from, root)}\`\`\``,
  );
}

/**
 * The text of a file, or of one of its regions, without the marks of regions.
 *
 * @throws Error where there is no such file or region
 */
function readIncluded(from: string, root: string): string {
  const [path = '', region] = from.split('#');
  const lines = readFileSync(join(root, path), 'utf8').trimEnd().split('\n');
  const chosen = region === undefined ? lines : regionOf(lines, region, path);
  return `${dedent(chosen.filter((line) => !isMark(line)))
    .join('\n')
    .replace(/^\n+|\n+$/g, '')}\n`;
}

const isMark = (line: string): boolean => /^\s*(\/\/|<!--|#) ?#(end)?region\b/.test(line);

function regionOf(lines: readonly string[], region: string, path: string): readonly string[] {
  const start = lines.findIndex((line) => isMark(line) && line.includes(`#region ${region}`));
  if (start < 0) throw new Error(`${path} has no "#region ${region}".`);
  let depth = 1;
  for (let end = start + 1; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (!isMark(line)) continue;
    depth += line.includes('#endregion') ? -1 : 1;
    if (depth === 0) return lines.slice(start + 1, end);
  }
  throw new Error(`"#region ${region}" in ${path} has no end.`);
}

function dedent(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least));
}
