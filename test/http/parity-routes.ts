import type { Request } from 'express';
import {
  All,
  Delete,
  Get,
  Head,
  JsonController,
  Method,
  Param,
  Params,
  Patch,
  Post,
  Put,
  Req,
} from 'routing-controllers';

@JsonController('/verbs')
export class VerbController {
  @Get() get() {
    return 'get';
  }
  @Post() post() {
    return 'post';
  }
  @Put() put() {
    return 'put';
  }
  @Patch() patch() {
    return 'patch';
  }
  @Delete() delete() {
    return 'delete';
  }
  @Head('/head') head() {
    return 'head';
  }
  @Method('options', '/options') options() {
    return 'options';
  }
  @All('/all') all(@Req() request: Request) {
    return request.method;
  }
  @Get(/\/pattern\/(\d+)\/(?<word>[a-z]+)$/) pattern(
    @Param('0') number: number,
    @Param('word') word: string,
  ) {
    return { number, word };
  }
  @Get('/first/:any') first(@Param('any') any: string) {
    return { any };
  }
  @Get('/first/second') second() {
    return 'never';
  }
  @Get('/twice') @Get('/again') twice() {
    return 'twice';
  }
  @Get('/optional{/:part}') optional(@Params() params: object) {
    return { ...params };
  }
  @Get('/rest/*rest') rest(@Param('rest') rest: string[]) {
    return { rest };
  }
  @Get('/middle/*middle/end') middle(@Param('middle') middle: string[]) {
    return { middle };
  }
  @Get('/file.:extension') file(@Param('extension') extension: string) {
    return { extension };
  }
  @Get('/from-:from-to-:to') range(@Params() params: object) {
    return { ...params };
  }
}
