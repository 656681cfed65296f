/**
 * One form for the ways to write what a URL can't have as it is: of `é` and a space the percent-encoding is undone. What can
 * be written as it is stays as it came, as in Express: an app's guard in front of `/admin` does not see `/%61dmin`, so no
 * route below `/admin` may be found there. Malformed encoding stays as well.
 */
export function normalPath(path: string): string {
  if (!path.includes('%')) return path;
  return decode(path) ?? path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decode(run) ?? run);
}

function decode(text: string): string | undefined {
  try {
    // K, the sign of Kelvin, is k in lower case.
    return decodeURIComponent(text.replace(writable, '%25')).replaceAll('\u212a', '%E2%84%AA');
  } catch {
    return undefined;
  }
}

// The % of all that may stand in a path as it is, and of % itself.
const writable = /%(?=2[13-9a-f]|3[0-9abdf]|4[0-9a-f]|5[0-9abdf]|6[1-9a-f]|7[0-9ae])/gi;
