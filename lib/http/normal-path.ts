/**
 * One form for all ways to write a path: percent-encoding is undone, but for `%2F` and `%25`, which would change what the
 * path means. Malformed encoding stays as it is.
 */
export function normalPath(path: string): string {
  if (!path.includes('%')) return path;
  return decode(path) ?? path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decode(run) ?? run);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/%(?=2f|25)/gi, '%25'));
  } catch {
    return undefined;
  }
}
