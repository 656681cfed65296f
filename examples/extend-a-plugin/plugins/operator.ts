import { HostControl, Plugin, Plugins } from 'plugboard';
import { Get, JsonController, NotFoundError, Param, Post } from 'routing-controllers';

@Plugin({ name: 'operator', version: '1.0.0', description: 'Takes plugins out, and brings them back' })
@JsonController('/plugins')
export class OperatorPlugin {
  constructor(
    private readonly control: HostControl,
    private readonly plugins: Plugins,
  ) {}

  @Get()
  all() {
    return this.plugins.statuses.map(({ name, state }) => ({ name, state }));
  }

  @Post('/:name/unload')
  async unload(@Param('name') name: string) {
    this.#require(name);
    const { state, failure } = await this.control.unload(name);
    return { name, state, failure: failure?.message };
  }

  @Post('/:name/reload')
  async reload(@Param('name') name: string) {
    this.#require(name);
    const { state, failure } = await this.control.reload(name);
    return { name, state, failure: failure?.message };
  }

  #require(name: string): void {
    if (!this.plugins.find(name)) throw new NotFoundError(`There is no plugin ${name}.`);
  }
}
