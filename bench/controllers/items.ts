import { injectable } from 'inversify';
import { Get, JsonController, Param, QueryParam } from 'routing-controllers';

/** Scenario b, for routing-controllers and for Plugboard. */
@injectable()
@JsonController('/items')
export class ItemsController {
  @Get('/:id')
  find(
    @Param('id') id: number,
    @QueryParam('limit', { required: true }) limit: number,
    @QueryParam('active') active?: boolean,
  ): object {
    return { id, limit, active };
  }
}
