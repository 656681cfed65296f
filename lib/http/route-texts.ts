/** Finds by a text, whatever its case: in a list while there are few, which is faster; else in a map. */
export class RouteTexts<Value> {
  private few: (readonly [text: string, value: Value])[] | undefined = [];
  private many: Map<string, Value> | undefined;

  get size(): number {
    return this.few?.length ?? this.many?.size ?? 0;
  }

  values(): Iterable<Value> {
    return this.few?.map(([, value]) => value) ?? this.many?.values() ?? [];
  }

  /** @param text in lower case. */
  get(text: string): Value | undefined {
    return this.few ? this.few.find(([own]) => own === text)?.[1] : this.many?.get(text);
  }

  /** @param text in lower case. */
  set(text: string, value: Value): void {
    if (this.few && (this.few.length >= 8 || !isAscii(text))) {
      this.many = new Map(this.few);
      this.few = undefined;
    }
    if (this.few) this.few.push([text, value]);
    else this.many?.set(text, value);
  }

  delete(text: string): void {
    if (this.few) this.few = this.few.filter(([own]) => own !== text);
    else this.many?.delete(text);
  }

  /** What belongs to the part of a path from `start` to `end`. */
  findIn(path: string, start: number, end: number): Value | undefined {
    const { few } = this;
    if (few) {
      for (let position = 0; position < few.length; position++) {
        const [text, value] = few[position] as readonly [string, Value];
        if (text.length === end - start && isAt(path, start, text)) return value;
      }
      return undefined;
    }
    const text = path.slice(start, end);
    return this.many?.get(text) ?? this.many?.get(text.toLowerCase());
  }
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
