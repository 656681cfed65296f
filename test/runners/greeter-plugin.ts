import { inject } from 'inversify';
import { Get, JsonController, Param } from 'routing-controllers';
import { Plugin } from 'plugboard';

export abstract class Clock {
  abstract now(): string;
  abstract zone(): string;
}

/** Found by its type alone: only decorator metadata tells. */
export class Salutation {
  of(name: string): string {
    return `Hello ${name}`;
  }
}

@Plugin({ name: 'greeter', services: [Salutation] })
@JsonController('/greet')
export class GreeterPlugin {
  constructor(
    @inject(Clock) private readonly clock: Clock,
    private readonly salutation: Salutation,
  ) {}

  @Get('/:name')
  greet(@Param('name') name: string): object {
    return { greeting: this.salutation.of(name), at: this.clock.now() };
  }
}
