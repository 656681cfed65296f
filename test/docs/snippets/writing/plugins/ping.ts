import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

@Plugin({ name: 'ping' })
@JsonController('/ping')
export class PingPlugin {
  @Get()
  ping() {
    return { pong: true };
  }
}
