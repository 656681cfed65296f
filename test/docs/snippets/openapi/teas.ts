// #region dto
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { Plugin } from 'plugboard';
import { ApiOperation, JSONSchema } from 'plugboard/plugins/openapi';
import {
  Body,
  Get,
  HttpCode,
  JsonController,
  NotFoundError,
  Param,
  Post,
  QueryParams,
} from 'routing-controllers';

class NewTea {
  @IsString()
  @Length(1, 60)
  @JSONSchema({ description: 'As it is on the tin', example: 'Earl Grey' })
  name!: string;

  @IsIn(['black', 'green'])
  kind: 'black' | 'green' = 'black';
}

class Tea extends NewTea {
  @IsInt()
  id!: number;
}

class Page {
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
// #endregion dto

// #region plugin
@Plugin({ name: 'teas', version: '2.0.0', description: 'All teas that there are' })
@JsonController('/teas')
export class TeasPlugin {
  readonly #teas = new Map<number, Tea>();

  @Get()
  @ApiOperation({ summary: 'The newest teas', response: [Tea] })
  list(@QueryParams() { limit }: Page) {
    return [...this.#teas.values()].slice(-limit);
  }

  @Get('/:id')
  @ApiOperation({ summary: 'One tea', response: Tea, responses: { 410: { description: 'It is sold out' } } })
  find(@Param('id') id: number) {
    const tea = this.#teas.get(id);
    if (!tea) throw new NotFoundError(`There is no tea ${id}.`);
    return tea;
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Adds a tea' })
  add(@Body() tea: NewTea): Tea {
    const added = { ...tea, id: this.#teas.size + 1 };
    this.#teas.set(added.id, added);
    return added;
  }
}
// #endregion plugin
