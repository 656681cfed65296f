/**
 * One form for all ways to write a path: percent-encoding is undone, but for `%2F` and `%25`, which would change what the
 * path means. Malformed encoding stays as it is.
 */
export function normalPath(path: string): string {
  return path.includes('%') ? path.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun) : path;
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run.replace(/%(?=2f|25)/gi, '%25'));
  } catch {
    return run;
  }
}
