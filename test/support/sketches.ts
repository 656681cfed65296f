import { Plugin } from '#lib/plugin/decorator.js';
import type { Class, Token } from '#lib/plugin/tokens.js';
import { Bench } from './containers.ts';

export interface Sketch {
  readonly imports?: readonly Token[];
  readonly exports?: readonly Class[];
  readonly requires?: Readonly<Record<string, string>>;
}

/** A plugin that imports and exports what is told. */
export function sketch(name: string, { imports = [], exports = [], requires = {} }: Sketch): Class {
  class P {}
  Plugin({ name, services: exports, exports, imports, requires })(P);
  return P;
}

export async function graphOf(plugins: readonly Class[], host: readonly Class[] = []): Promise<Bench> {
  return new Bench({ plugins, host }).planGraph();
}
