/**
 * The line of what stands at `path` in the object that a source file writes out, `{ settings: { mail: … } }`, or else of what is
 * around it. undefined where none of it is written out, but spread, imported or computed.
 */
export function lineOfKey(source: string, path: readonly string[]): number | undefined {
  const keys = new Map(writtenKeys(source).map((key) => [key.path.join('\0'), key.line]));
  for (let length = path.length; length > 0; length -= 1) {
    const line = keys.get(path.slice(0, length).join('\0'));
    if (line !== undefined) return line;
  }
  return undefined;
}

interface WrittenKey {
  readonly path: readonly string[];
  readonly line: number;
}

// What matters of the language: comments, texts, brackets, and a name or a text before a colon.
const tokens =
  /\/\/[^\n]*|\/\*[^]*?\*\/|(?<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)|(?<name>[\w$]+)|(?<sign>[{}()[\]:,;\n])/g;

/** Every key of every object that is written out, with the keys around it. */
function writtenKeys(source: string): readonly WrittenKey[] {
  const keys: WrittenKey[] = [];
  const around: (string | undefined)[][] = [];
  let line = 1;
  let last: { readonly name: string; readonly line: number } | undefined;
  for (const { 0: token, groups = {} } of source.matchAll(tokens)) {
    const { text, name, sign } = groups;
    const startedAt = line;
    line += token.split('\n').length - 1;
    if (text !== undefined) last = { name: text.slice(1, -1), line: startedAt };
    else if (name !== undefined) last = { name, line };
    else if (sign !== undefined && sign !== '\n') {
      follow(sign, last, around, keys);
      last = undefined;
    }
  }
  return keys;
}

/** `around`: for each bracket that is open, the one key that is being written in it; none in what is no object. */
function follow(
  sign: string,
  last: { readonly name: string; readonly line: number } | undefined,
  around: (string | undefined)[][],
  keys: WrittenKey[],
): void {
  const inner = around.at(-1);
  if ('{(['.includes(sign)) around.push([]);
  else if ('})]'.includes(sign)) around.pop();
  else if (sign === ':' && last && inner) {
    inner[0] = last.name;
    const path = around.flatMap(([name]) => name ?? []);
    keys.push({ path, line: last.line });
  } else if (sign === ',' && inner) inner[0] = undefined;
}
