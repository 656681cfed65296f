/** The cookies of a `Cookie` header; of two with one name the first counts, as in the `cookie` package. */
export function parseCookies(header: string): Record<string, string> {
  const cookies = Object.create(null) as Record<string, string>;
  // As the package has it: the shortest cookie is `a=`.
  if (header.length < 2) return cookies;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    cookies[name] ??= decoded(pair.slice(equals + 1).trim());
  }
  return cookies;
}

function decoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
