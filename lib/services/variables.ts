/** The environment variables that are Plugboard's, and which of them anybody has asked for. */
export class Variables {
  readonly #given: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#given = new Map(
      Object.entries(environment).filter((entry): entry is [string, string] => isOurs(...entry)),
    );
  }

  /** Whether one begins like this. */
  has(prefix: string): boolean {
    if (this.#given.size === 0) return false;
    return [...this.#given.keys()].some((name) => name.startsWith(prefix));
  }

  get(name: string): string | undefined {
    const value = this.#given.get(name);
    if (value !== undefined) this.#read.add(name);
    return value;
  }

  /** Those that nobody has asked for. */
  get unread(): readonly string[] {
    return [...this.#given.keys()].filter((name) => !this.#read.has(name));
  }
}

/** `PLUGBOARD_MY_PLUGIN_` for `my-plugin`: what the names of its variables begin with. */
export function variablePrefix(plugin: string): string {
  return `${beginning}${upperSnake(plugin)}_`;
}

/** `EVERY_MS` for `everyMs`. */
export function upperSnake(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}

const beginning = 'PLUGBOARD_';

function isOurs(name: string, value: string | undefined): boolean {
  return value !== undefined && name.startsWith(beginning);
}
