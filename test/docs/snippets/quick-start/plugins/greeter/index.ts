import { inject } from 'inversify';
import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
import { Clock } from '../../clock.ts';

@Plugin({ name: 'greeter', version: '1.0.0', description: 'Greets people by name' })
@JsonController('/greet')
export class GreeterPlugin {
  constructor(@inject(Clock) private readonly clock: Clock) {}

  @Get('/:name')
  greet(@Param('name') name: string) {
    return { greeting: `Hello ${name}`, at: this.clock.now() };
  }
}
