/** A text of a list. */
class Entry<Value> {
  constructor(
    readonly text: string,
    readonly value: Value,
    readonly next: Entry<Value> | undefined,
  ) {}
}

/**
 * Finds by a text, whatever its case: in a list while there are few, which is faster; else in a map. The list is linked: an
 * array would be more to fetch from memory where there are thousands of them, most with one text.
 */
export class RouteTexts<Value> {
  private few: Entry<Value> | undefined = undefined;
  private many: Map<string, Value> | undefined = undefined;

  get size(): number {
    return this.many?.size ?? [...this.entries()].length;
  }

  values(): Iterable<Value> {
    return this.many?.values() ?? [...this.entries()].map(([, value]) => value);
  }

  /** @param text in lower case. */
  get(text: string): Value | undefined {
    if (this.many) return this.many.get(text);
    let entry = this.few;
    while (entry && entry.text !== text) entry = entry.next;
    return entry?.value;
  }

  /** @param text in lower case; not there yet. */
  set(text: string, value: Value): void {
    if (!this.many && (this.size >= 8 || !isAscii(text))) {
      this.many = new Map(this.entries());
      this.few = undefined;
    }
    if (this.many) this.many.set(text, value);
    else this.few = appended(this.few, shared(text), value);
  }

  delete(text: string): void {
    if (this.many) this.many.delete(text);
    else this.few = without(this.few, text);
  }

  /** What belongs to the part of a path from `start` to `end`. */
  findIn(path: string, start: number, end: number): Value | undefined {
    if (this.many) {
      const text = path.slice(start, end);
      return this.many.get(text) ?? this.many.get(text.toLowerCase());
    }
    for (let entry = this.few; entry; entry = entry.next) {
      const { text } = entry;
      if (text.length === end - start && isAt(path, start, text)) return entry.value;
    }
    return undefined;
  }

  private *entries(): Iterable<[text: string, value: Value]> {
    for (let entry = this.few; entry; entry = entry.next) yield [entry.text, entry.value];
  }
}

function appended<Value>(entry: Entry<Value> | undefined, text: string, value: Value): Entry<Value> {
  return entry
    ? new Entry(entry.text, entry.value, appended(entry.next, text, value))
    : new Entry(text, value, undefined);
}

function without<Value>(entry: Entry<Value> | undefined, text: string): Entry<Value> | undefined {
  if (!entry || entry.text === text) return entry?.next;
  return new Entry(entry.text, entry.value, without(entry.next, text));
}

/** V8 has the names of properties once: so the same text of a thousand plugins is one string. */
function shared(text: string): string {
  return Object.keys({ [text]: true })[0] as string;
}

/** `text` is ASCII in lower case. */
function isAt(path: string, start: number, text: string): boolean {
  for (let position = 0; position < text.length; position++) {
    const code = path.charCodeAt(start + position);
    const lower = code > 64 && code < 91 ? code + 32 : code;
    if (lower !== text.charCodeAt(position)) return false;
  }
  return true;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
