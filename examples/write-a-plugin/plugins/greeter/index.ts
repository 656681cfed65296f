import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
import { GreeterConfig } from './config.ts';
import { Greetings } from './contract.ts';
import { PoliteGreetings } from './polite-greetings.ts';

@Plugin({
  name: 'greeter',
  version: '1.0.0',
  description: 'Greets people by name',
  config: GreeterConfig,
  services: [[Greetings, PoliteGreetings]],
  exports: [Greetings],
})
@JsonController('/greet')
export class GreeterPlugin {
  constructor(private readonly greetings: Greetings) {}

  @Get('/:name')
  greet(@Param('name') name: string) {
    return { greeting: this.greetings.greet(name) };
  }
}
