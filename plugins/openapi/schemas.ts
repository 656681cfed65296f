import type { Class } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { Reference, Schema } from './document-types.ts';

interface Described {
  readonly type: Class;
  readonly plugin: string;
  readonly index: number;
  schema: Schema;
}

/** The classes that one document speaks of: each is described once, and named when all are known. */
export class Schemas {
  readonly #described = new Map<Class, Described>();

  constructor(private readonly reserved: readonly string[]) {}

  /** A provisional reference; `resolve` puts the name in. */
  refer(type: Class, plugin: string): Reference {
    const known = this.#described.get(type);
    if (known) return { $ref: `${provisional}${known.index}` };
    const described: Described = { type, plugin, index: this.#described.size, schema: {} };
    // First, because a class may have itself as a property.
    this.#described.set(type, described);
    described.schema = classSchema(type, (other) => this.refer(other, plugin));
    return { $ref: `${provisional}${described.index}` };
  }

  /** By name, still with provisional references. */
  get named(): Readonly<Record<string, Schema>> {
    const names = this.#names();
    return Object.fromEntries(this.#all.map(({ schema, index }) => [names[index], schema]));
  }

  /** A copy of plain values with the names of all that is referred to: it holds no class. */
  resolve<T>(document: T): T {
    const names = this.#names();
    const named = (key: string, value: unknown): unknown =>
      key === '$ref' && typeof value === 'string' && value.startsWith(provisional)
        ? `#/components/schemas/${names[Number(value.slice(provisional.length))]}`
        : value;
    return JSON.parse(JSON.stringify(document), named) as T;
  }

  get #all(): readonly Described[] {
    return [...this.#described.values()];
  }

  /** The class's own name; with the plugin's where several have it, and a number where one plugin has several. */
  #names(): readonly string[] {
    const used = new Set(this.reserved);
    const counts = new Map<string, number>();
    for (const { type } of this.#all) {
      const own = componentName(type.name);
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    return this.#all.map(({ type, plugin }) => {
      const own = componentName(type.name);
      const wanted = counts.get(own) === 1 && !used.has(own) ? own : `${plugin}.${own}`;
      let name = wanted;
      for (let count = 2; used.has(name); count++) name = `${wanted}${count}`;
      used.add(name);
      return name;
    });
  }
}

const provisional = '#plugboard-class-';

function componentName(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_') || 'Anonymous';
}
