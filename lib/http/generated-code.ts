/**
 * A function made of source text, for code that names the properties of a class: V8 finds a property that is written there a
 * good deal faster than one whose name comes from a list.
 */
export class GeneratedCode {
  readonly #values: unknown[] = [];
  #lines = '';

  /** A name by which the text can use a value. */
  use(value: unknown): string {
    return `$${this.#values.push(value) - 1}`;
  }

  add(line: string): void {
    this.#lines += `${line}\n`;
  }

  /**
   * The lines as the body of a function; undefined where Node was told to generate no code
   * (`--disallow-code-generation-from-strings`).
   */
  compile(...parameters: readonly string[]): ((...values: never[]) => unknown) | undefined {
    const names = this.#values.map((_, index) => `$${index}`);
    const source = `'use strict'; return (${parameters.join(', ')}) => {\n${this.#lines}};`;
    try {
      // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- no more than names of properties gets in, quoted
      const make = new Function(...names, source) as (
        ...values: unknown[]
      ) => (...values: never[]) => unknown;
      return make(...this.#values);
    } catch (error) {
      if (error instanceof EvalError) return undefined;
      throw error;
    }
  }
}

/** The property of that name of what a variable holds. */
export function propertyOf(variable: string, name: string): string {
  return `${variable}[${JSON.stringify(name)}]`;
}
