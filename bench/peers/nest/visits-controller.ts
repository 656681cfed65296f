import { Controller, Get, Injectable, Scope } from '@nestjs/common';

let visits = 0;

@Injectable({ scope: Scope.REQUEST })
export class Visit {
  readonly number = ++visits;
}

@Injectable({ scope: Scope.REQUEST })
export class Greeting {
  constructor(readonly visit: Visit) {}
}

@Controller('visits')
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
