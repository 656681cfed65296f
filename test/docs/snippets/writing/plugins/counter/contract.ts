/** What other plugins may inject of the counter. */
export abstract class Counter {
  abstract add(name: string): number;
}
