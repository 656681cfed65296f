/** What finds a secret in a text, as it is and as others write it: JSON within JSON, URLs, forms, HTML, Base64. */
export function secretPatterns(secret: string): readonly string[] {
  return [written(secret), ...encoded(secret)];
}

/** Sign by sign: of those that anybody writes otherwise, each way in which they do. */
function written(secret: string): string {
  // However deep in texts within texts it is, a backslash becomes more of them.
  const parts = secret.split(/\\+/).map((part) => Array.from(part, waysOf).join(''));
  return parts.join(backslashes);
}

const backslashes = String.raw`(?:\\+|%5[cC])`;

function waysOf(sign: string): string {
  if (/[\w.~-]/.test(sign)) return escapeForPattern(sign);
  const ways = [
    String.raw`\\*${escapeForPattern(sign)}`,
    ...(escapes.get(sign) ?? unicodeEscapes(sign)),
    ...(entities.get(sign) ?? []),
    percentEscape(sign),
    ...(sign === ' ' ? [String.raw`\+`] : []),
  ];
  return `(?:${ways.join('|')})`;
}

// In JSON and in what `util.inspect` prints.
const escapes: ReadonlyMap<string, readonly string[]> = new Map([
  ['\n', [String.raw`\r\n`, String.raw`(?:\\+r)?\\+n`, '%0[dD]%0[aA]']],
  ['\r', [String.raw`\\+r`]],
  ['\t', [String.raw`\\+t`]],
]);

const entities: ReadonlyMap<string, readonly string[]> = new Map([
  ['&', ['&amp;']],
  ['<', ['&lt;']],
  ['>', ['&gt;']],
  ['"', ['&quot;', '&#34;']],
  ["'", ['&apos;', '&#39;', '&#x27;']],
]);

function unicodeEscapes(sign: string): readonly string[] {
  const units = Array.from({ length: sign.length }, (_, index) => hexadecimal(sign.charCodeAt(index), 4));
  const unicode = units.map((unit) => String.raw`\\+u${unit}`).join('');
  return sign < ' ' ? [unicode, String.raw`\\+x${hexadecimal(sign.charCodeAt(0), 2)}`] : [unicode];
}

function percentEscape(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `%${hexadecimal(byte, 2)}`).join('');
}

/** With digits of either case. */
function hexadecimal(number: number, digits: number): string {
  const text = number.toString(16).padStart(digits, '0');
  return text.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** In Base64, wherever it begins in what was encoded, as in `Basic` authorization: the signs that are its alone. */
function encoded(secret: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const own = bytes
      .toString('base64url')
      .slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return own.replaceAll(/[-_]/g, (sign) => (sign === '-' ? String.raw`[+\-]` : '[/_]'));
  });
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
