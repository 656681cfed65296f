import type { Class } from 'plugboard';
import { classSchema } from './class-schema.ts';
import type { Reference, Schema } from './document-types.ts';
import { variantName, type Validation } from './validation-variant.ts';

interface Described {
  readonly type: Class;
  readonly plugin: string;
  /** In what it differs from the same class as others have it checked. */
  readonly variant: string;
  readonly index: number;
  schema: Schema;
}

/** The classes that one document speaks of: each is described once, and named when all are known. */
export class Schemas {
  readonly #described = new Map<Class, Map<string, Described>>();
  #count = 0;

  constructor(private readonly reserved: readonly string[]) {}

  /** A provisional reference; `resolve` puts the name in. */
  refer(type: Class, plugin: string, validation: Validation = {}): Reference {
    const variant = variantName(validation);
    const variants = this.#described.get(type) ?? new Map<string, Described>();
    const known = variants.get(variant);
    if (known) return { $ref: `${provisional}${known.index}` };
    const described: Described = { type, plugin, variant, index: this.#count++, schema: {} };
    // First, because a class may have itself as a property.
    this.#described.set(type, variants.set(variant, described));
    // What is within a class is checked as the class is.
    described.schema = classSchema(type, (other) => this.refer(other, plugin, validation), validation);
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

  /** In the order in which they were first spoken of. */
  get #all(): readonly Described[] {
    return [...this.#described.values()]
      .flatMap((variants) => [...variants.values()])
      .toSorted((a, b) => a.index - b.index);
  }

  /** The class's own name; with the plugin's where several have it, and a number where one plugin has several. */
  #names(): readonly string[] {
    const used = new Set(this.reserved);
    const counts = new Map<string, number>();
    for (const one of this.#all) {
      const own = this.#ownName(one);
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    return this.#all.map((one) => {
      const own = this.#ownName(one);
      const wanted = counts.get(own) === 1 && !used.has(own) ? own : `${one.plugin}.${own}`;
      let name = wanted;
      for (let count = 2; used.has(name); count++) name = `${wanted}${count}`;
      used.add(name);
      return name;
    });
  }

  #ownName({ type, variant }: Described): string {
    const isAlone = this.#described.get(type)?.size === 1;
    return componentName(`${type.name || 'Anonymous'}${isAlone ? '' : variant}`);
  }
}

const provisional = '#plugboard-class-';

function componentName(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_');
}
