import { injectable } from 'inversify';
import { Get, JsonController } from 'routing-controllers';

let visits = 0;

/** One for each request: for those whose container knows the class by `@injectable('Request')`. */
@injectable('Request')
export class Visit {
  readonly number = ++visits;
}

@injectable('Request')
export class Greeting {
  constructor(readonly visit: Visit) {}
}

/** Scenario f, for routing-controllers and for Plugboard. */
@injectable('Request')
@JsonController('/visits')
export class VisitsController {
  constructor(
    private readonly visit: Visit,
    private readonly greeting: Greeting,
  ) {}

  @Get('/')
  count(): object {
    return { visit: this.visit.number, shared: this.greeting.visit === this.visit };
  }
}
