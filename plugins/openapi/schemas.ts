import type { Class } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { Reference, Schema } from './document-types.ts';

interface Described {
  readonly type: Class;
  readonly plugin: string;
  schema: Schema;
}

/** The classes that one document speaks of: each is described once, and named when all are known. */
export class Schemas {
  readonly #described: Described[] = [];

  constructor(private readonly reserved: readonly string[]) {}

  /** A provisional reference; `resolve` puts the name in. */
  refer(type: Class, plugin: string): Reference {
    let index = this.#described.findIndex((one) => one.type === type);
    if (index < 0) {
      const described: Described = { type, plugin, schema: {} };
      // First, because a class may have itself as a property.
      index = this.#described.push(described) - 1;
      described.schema = classSchema(type, (other) => this.refer(other, plugin));
    }
    return { $ref: `${provisional}${index}` };
  }

  /** By name, still with provisional references. */
  get named(): Readonly<Record<string, Schema>> {
    const names = this.#names();
    return Object.fromEntries(this.#described.map(({ schema }, index) => [names[index], schema]));
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

  /** The class's own name; with the plugin's where several have it, and a number where one plugin has several. */
  #names(): readonly string[] {
    const used = new Set(this.reserved);
    return this.#described.map((described) => {
      const own = componentName(described.type.name);
      const isAlone = this.#described.filter(({ type }) => componentName(type.name) === own).length === 1;
      const wanted = isAlone && !used.has(own) ? own : `${described.plugin}.${own}`;
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
