import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import quotes from './quotes.json' with { type: 'json' };

@Plugin({ name: 'quotes' })
@JsonController('/quotes')
export class QuotesPlugin {
  #motto = '';

  // A module has no top-level await; what takes time is for onStart.
  async onStart() {
    this.#motto = await readFile(join(import.meta.dirname, 'motto.txt'), 'utf8');
  }

  @Get()
  async all() {
    const { longQuotes } = await import('./long-quotes.ts');
    return [this.#motto.trim(), ...quotes, ...longQuotes];
  }
}
