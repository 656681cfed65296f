import { Delete, Get, JsonController, Param, Post, Put, QueryParam } from 'routing-controllers';
import { Plugin, type Class } from '../plugboard.ts';

/** One of the many plugins of scenario d: five routes, one of them that of scenario b. */
export function itemsPlugin(index: number): Class {
  @Plugin({ name: `items-${index}` })
  @JsonController(`/p${index}/items`)
  class ItemsPlugin {
    @Get('/:id')
    find(
      @Param('id') id: number,
      @QueryParam('limit', { required: true }) limit: number,
      @QueryParam('active') active?: boolean,
    ): object {
      return { id, limit, active };
    }

    @Get('/')
    list(): object {
      return { items: [] };
    }

    @Post('/')
    add(): object {
      return { added: true };
    }

    @Put('/:id')
    change(@Param('id') id: number): object {
      return { id };
    }

    @Delete('/:id')
    remove(@Param('id') id: number): object {
      return { id };
    }
  }
  return ItemsPlugin;
}
