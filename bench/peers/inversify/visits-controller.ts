import { Controller, Get } from '@inversifyjs/http-core';
import { injectable } from 'inversify';

let visits = 0;

@injectable('Request')
export class Visit {
  readonly number = ++visits;
}

@injectable('Request')
export class Greeting {
  constructor(readonly visit: Visit) {}
}

@Controller({ path: '/visits', scope: 'Request' })
export class VisitsController {
  constructor(
    private readonly visit: Visit,
    private readonly greeting: Greeting,
  ) {}

  @Get()
  count(): object {
    return { visit: this.visit.number, shared: this.greeting.visit === this.visit };
  }
}
