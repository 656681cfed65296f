import { HostControl, Plugin, PluginInfo, Plugins } from 'plugboard';
import { BadRequestError, Get, JsonController, NotFoundError, Param, Post } from 'routing-controllers';

@Plugin({ name: 'operator', version: '1.0.0', description: 'Takes plugins out, and brings them back' })
@JsonController('/plugins')
export class OperatorPlugin {
  constructor(
    private readonly control: HostControl,
    private readonly plugins: Plugins,
    private readonly info: PluginInfo,
  ) {}

  @Get()
  all() {
    return this.plugins.statuses.map(({ name, state }) => ({ name, state }));
  }

  @Post('/:name/unload')
  async unload(@Param('name') name: string) {
    this.#check(name);
    const { state, failure } = await this.control.unload(name);
    return { name, state, failure: failure?.message };
  }

  // #region reload
  @Post('/:name/reload')
  async reload(@Param('name') name: string) {
    this.#check(name);
    const { state, failure } = await this.control.reload(name);
    return { name, state, failure: failure?.message };
  }
  // #endregion

  #check(name: string): void {
    // A plugin goes when its requests have ended: this one would wait for it, and it for this one.
    if (name === this.info.name) throw new BadRequestError(`${name} does not change itself.`);
    if (!this.plugins.find(name)) throw new NotFoundError(`There is no plugin ${name}.`);
  }
}
