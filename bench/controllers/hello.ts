import { injectable } from 'inversify';
import { Get, JsonController } from 'routing-controllers';

/** Scenario a, for routing-controllers and for Plugboard. */
@injectable()
@JsonController('/hello')
export class HelloController {
  @Get('/')
  hello(): object {
    return { hello: 'world' };
  }
}
