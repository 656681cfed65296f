import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
import { Greetings } from './greeter/contract.ts';

@Plugin({ name: 'birthday', version: '1.0.0', description: 'Congratulates, in the words of the greeter' })
@JsonController('/birthday')
export class BirthdayPlugin {
  constructor(private readonly greetings: Greetings) {}

  @Get('/:name')
  congratulate(@Param('name') name: string) {
    return { wish: `${this.greetings.greet(name)}, and a happy birthday!` };
  }
}
