import { Plugin } from 'plugboard';
import { Counter } from './contract.ts';

class MemoryCounter extends Counter {
  readonly #counts = new Map<string, number>();

  add(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}

@Plugin({
  name: 'counter',
  version: '1.2.0',
  services: [[Counter, MemoryCounter]],
  exports: [Counter],
})
export class CounterPlugin {}
