import { Get, JsonController, NotFoundError, Param } from 'routing-controllers';

@JsonController('/todos')
export class TodoController {
  @Get('/:id')
  find(@Param('id') id: number) {
    if (id !== 1) throw new NotFoundError(`There is no todo ${id}.`);
    return { id, title: 'Move over' };
  }
}
