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

/** A bracket that is open, with the key that is being written in it; there is none in what is no object. */
interface Bracket {
  readonly sign: string;
  key?: string | undefined;
}

interface Word {
  readonly name: string;
  readonly line: number;
}

// What matters of the language: comments, texts, patterns, brackets, and a name or a text before a colon.
const tokens =
  /\/\/[^\n]*|\/\*[^]*?\*\/|(?<=[=(,:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/|(?<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)|(?<name>[\w$]+)|(?<sign>[{}()[\]:,;\n])/g;

/** Every key of every object that is written out, with the keys around it. */
function writtenKeys(source: string): readonly WrittenKey[] {
  const keys: WrittenKey[] = [];
  const around: Bracket[] = [];
  let line = 1;
  let last: Word | undefined;
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

function follow(sign: string, last: Word | undefined, around: Bracket[], keys: WrittenKey[]): void {
  const inner = around.at(-1);
  const isShort = ',}'.includes(sign) && inner?.sign === '{' && inner.key === undefined;
  if (last && inner && (sign === ':' || isShort)) {
    inner.key = last.name;
    keys.push({ path: around.flatMap(({ key }) => key ?? []), line: last.line });
  }
  if ('{(['.includes(sign)) around.push({ sign });
  else if ('})]'.includes(sign)) around.pop();
  else if (sign === ',' && inner) inner.key = undefined;
}
