import type { Problem } from '../plugin/problem.ts';
import { severityOf, type Finding } from './finding.ts';
import type { Locator } from './locating.ts';

/** Plain values, in an order that is always the same: the app's first, then by plugin, file, line and code. */
export async function sortedProblems(
  findings: readonly Finding[],
  locator: Locator,
): Promise<readonly Problem[]> {
  const problems = await Promise.all(findings.map(async (finding) => toProblem(finding, locator)));
  return problems.sort(inOrder);
}

async function toProblem(finding: Finding, locator: Locator): Promise<Problem> {
  const { code, plugin, message, fix, path } = finding.error;
  const place = finding.anchor && (await locator.locate(finding.anchor));
  return {
    code,
    plugin: finding.plugin ?? (plugin === 'host' ? undefined : plugin),
    message,
    fix,
    path,
    file: place?.file,
    line: place?.line,
    severity: severityOf(finding),
  };
}

function inOrder(one: Problem, other: Problem): number {
  return (
    compare(one.plugin, other.plugin) ||
    compare(one.file, other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    compare(one.code, other.code) ||
    compare(one.message, other.message)
  );
}

// By their codes and not by anyone's language: the same on every machine.
function compare(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
