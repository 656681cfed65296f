import { Plugin } from 'plugboard';
import { JsonController, Param, Post } from 'routing-controllers';
import { Counter } from '../counter/contract.ts';

@Plugin({ name: 'visits', version: '1.0.0', requires: { plugboard: '^1', counter: '^1.2' } })
@JsonController('/visits')
export class VisitsPlugin {
  constructor(private readonly counter: Counter) {}

  @Post('/:page')
  visit(@Param('page') page: string) {
    return { page, visits: this.counter.add(page) };
  }
}
