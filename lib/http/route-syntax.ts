/** A piece of a path, in the syntax of Express 4 or 5. */
export type PathToken =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'param'; readonly name: string; readonly pattern: string | undefined }
  | { readonly type: 'wildcard'; readonly name: string; readonly named: boolean }
  | { readonly type: 'group'; readonly tokens: readonly PathToken[] };

/**
 * Reads `:id`, `:id(\\d+)`, `:id?`, `{/:id}`, `*`, `*rest`, `(a|b)`, `ab?c` and `\\` escapes.
 *
 * @throws {SyntaxError} for brackets that don't match and names that are missing.
 */
export function parseRoute(path: string): PathToken[] {
  const reader = new RouteReader(path);
  const tokens = reader.readUntil('');
  if (!reader.done) throw new SyntaxError(`Unexpected '}' in '${path}'`);
  return tokens;
}

const nameAt = /[\p{ID_Start}$_0-9][\p{ID_Continue}$\u200c\u200d]*/uy;

class RouteReader {
  private position = 0;
  private unnamed = 0;

  constructor(private readonly path: string) {}

  get done(): boolean {
    return this.position >= this.path.length;
  }

  readUntil(end: string): PathToken[] {
    const tokens: PathToken[] = [];
    while (!this.done && this.path[this.position] !== '}') this.readInto(tokens);
    if (end !== '' && this.path[this.position++] !== end)
      throw new SyntaxError(`Missing '${end}' in '${this.path}'`);
    return tokens;
  }

  private readInto(tokens: PathToken[]): void {
    const character = this.path[this.position++] as string;
    if (character === '\\') return addText(tokens, this.path[this.position++] ?? '');
    if (character === '{') return void tokens.push({ type: 'group', tokens: this.readUntil('}') });
    if (character === ':') return this.readParameter(tokens);
    if (character === '*') return void tokens.push(this.readWildcard());
    if (character === '(') return this.readUnnamed(tokens);
    if (character === '?') return makeOptional(tokens, false);
    addText(tokens, character);
  }

  private readParameter(tokens: PathToken[]): void {
    const name = this.readName();
    if (name === undefined) throw new SyntaxError(`Missing the name after ':' in '${this.path}'`);
    const pattern = this.path[this.position] === '(' ? this.readPattern() : undefined;
    tokens.push({ type: 'param', name, pattern });
    if (this.path[this.position] === '?') {
      this.position++;
      makeOptional(tokens, true);
    }
  }

  private readWildcard(): PathToken {
    const name = this.readName();
    return { type: 'wildcard', name: name ?? String(this.unnamed++), named: name !== undefined };
  }

  private readUnnamed(tokens: PathToken[]): void {
    this.position--;
    tokens.push({ type: 'param', name: String(this.unnamed++), pattern: this.readPattern() });
  }

  private readName(): string | undefined {
    if (this.path[this.position] === '"') {
      const end = this.path.indexOf('"', this.position + 1);
      if (end < 0) throw new SyntaxError(`Missing '"' in '${this.path}'`);
      const quoted = this.path.slice(this.position + 1, end);
      this.position = end + 1;
      return quoted;
    }
    nameAt.lastIndex = this.position;
    const name = nameAt.exec(this.path)?.[0];
    this.position += name?.length ?? 0;
    return name;
  }

  /** From `(` to its `)`, without them; groups inside don't capture. */
  private readPattern(): string {
    const start = ++this.position;
    for (let depth = 1; depth > 0; this.position++) {
      const character = this.path[this.position];
      if (character === undefined) throw new SyntaxError(`Missing ')' in '${this.path}'`);
      if (character === '\\') this.position++;
      if (character === '(') depth++;
      if (character === ')') depth--;
    }
    return this.path.slice(start, this.position - 1).replace(/\((?!\?)/g, '(?:');
  }
}

function addText(tokens: PathToken[], value: string): void {
  const last = tokens.at(-1);
  if (last?.type === 'text') tokens[tokens.length - 1] = { type: 'text', value: last.value + value };
  else tokens.push({ type: 'text', value });
}

/** Express 4: `?` makes what stands before it optional, and for a parameter the slash before it as well. */
function makeOptional(tokens: PathToken[], withSlash: boolean): void {
  const last = tokens.pop();
  if (!last) return;
  const before = last.type === 'text' ? last.value.slice(0, -1) : undefined;
  if (before) tokens.push({ type: 'text', value: before });
  const optional: PathToken[] =
    last.type === 'text' ? [{ type: 'text', value: last.value.slice(-1) }] : [last];
  const text = tokens.at(-1);
  if (withSlash && text?.type === 'text' && text.value.endsWith('/')) {
    tokens.pop();
    if (text.value.length > 1) tokens.push({ type: 'text', value: text.value.slice(0, -1) });
    optional.unshift({ type: 'text', value: '/' });
  }
  tokens.push({ type: 'group', tokens: optional });
}
