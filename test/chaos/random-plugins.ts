import { EventEmitter } from 'node:events';
import { inject } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { Plugin, token, type Class, type NamedToken } from 'plugboard';

/** What a random plugin is. */
export interface Sketch {
  readonly name: string;
  /** Names of the plugins whose service it imports. */
  readonly needs: readonly string[];
  readonly fails: boolean;
  readonly exclusive: boolean;
}

/** What a random plugin offers to the others: which instance it is. */
interface Marked {
  readonly id: number;
}

/** What a random plugin says of itself. */
export interface Answer {
  readonly id: number;
  /** By the names of the plugins that it stands on: the instances that it was given. */
  readonly given: readonly (readonly [plugin: string, id: number])[];
}

/** Every instance that was made, and what became of it. */
export class Ledger {
  readonly constructed: { readonly plugin: string; readonly id: number }[] = [];
  readonly started = new Set<number>();
  readonly stopped = new Set<number>();
  /** Tells by the plugin's name of each request that is to take a while. */
  readonly arrivals = new EventEmitter();

  next(plugin: string): number {
    const id = this.constructed.length + 1;
    this.constructed.push({ plugin, id });
    return id;
  }

  /** Those that have started and not been stopped. */
  alive(plugin: string): readonly number[] {
    return this.constructed
      .filter((one) => one.plugin === plugin && this.started.has(one.id) && !this.stopped.has(one.id))
      .map(({ id }) => id);
  }
}

/** How long a slow answer takes, in ms. */
const slowMs = 15;

/** A plugin that answers at its name with which instance it is, and with which instances it was given; below it, slowly. */
export function randomPlugin(
  { name, needs, fails, exclusive }: Sketch,
  ledger: Ledger,
  onViolation: (violation: string) => void,
): Class {
  class Service implements Marked {
    readonly id = ledger.next(name);
  }
  @Plugin({
    name,
    services: [[offerOf(name) as unknown as Class, Service]],
    exports: [offerOf(name)],
    reload: exclusive ? 'exclusive' : 'overlap',
    supervise: { intensity: 0 },
  })
  @JsonController(`/${name}`)
  class RandomPlugin {
    readonly given: readonly Marked[];
    constructor(
      readonly own: Marked,
      ...given: Marked[]
    ) {
      this.given = given;
    }
    onStart(): void {
      if (exclusive && ledger.alive(name).length > 0) onViolation(`${name} runs twice`);
      if (fails) throw new Error('it fails on purpose');
      ledger.started.add(this.own.id);
    }
    onStop(): void {
      if (ledger.started.has(this.own.id)) ledger.stopped.add(this.own.id);
    }
    @Get() answer(): Answer {
      return { id: this.own.id, given: this.given.map(({ id }, index) => [needs[index] ?? '', id]) };
    }
    @Get('/slowly') async answerSlowly(): Promise<Answer> {
      ledger.arrivals.emit(name);
      await new Promise((resolve) => setTimeout(resolve, slowMs));
      for (const { id } of [this.own, ...this.given]) {
        if (ledger.stopped.has(id)) onViolation(`${name} answers with ${id}, which was stopped`);
      }
      return this.answer();
    }
  }
  inject(offerOf(name))(RandomPlugin, undefined, 0);
  for (const [index, needed] of needs.entries()) {
    inject(offerOf(needed))(RandomPlugin, undefined, index + 1);
  }
  return RandomPlugin;
}

function offerOf(name: string): NamedToken<Marked> {
  return token<Marked>(`chaos.${name}`);
}
