/**
 * A plain copy of a value, as JSON would have it, for people to read: what is called as secrets are is masked, and so is the
 * password in a URL. What hides itself in JSON stays hidden. Undefined where the value can't be written as JSON.
 */
export function maskedCopy(value: unknown): unknown {
  try {
    const text = JSON.stringify(value, (key, part: unknown) => maskedPart(key, part)) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** In the place of a secret. */
const mask = '••••••••';

function maskedPart(key: string, part: unknown): unknown {
  if (typeof part === 'bigint') return String(part);
  if (secretName.test(key) && isTelling(part)) return mask;
  return typeof part === 'string' ? part.replace(urlPassword, `$1${mask}@`) : part;
}

// Of `tokenTtl: 60` or `useToken: true` nothing has to be hidden; an empty secret is worth knowing.
function isTelling(part: unknown): boolean {
  return typeof part === 'string' ? part !== '' : typeof part === 'object' && part !== null;
}

const secretName =
  /pass(word|wd|phrase|code)?$|pwd$|secret|token|credential|(api|private|access|signing|encryption)[-_]?keys?$|^keys?$|salt$|authorization|cookie|dsn$|connection[-_]?string/i;

const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s/?#:@]*:)[^\s/?#@]+@/gi;
