import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

@Plugin({ name: 'hello', version: '1.0.0', description: 'Says hello' })
@JsonController('/hello')
export class HelloPlugin {
  @Get()
  hello() {
    return { hello: 'from a plugin' };
  }
}
