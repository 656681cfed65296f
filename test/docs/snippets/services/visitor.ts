// #region request
import { injectable } from 'inversify';
import { HttpRequest, Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

/** Made once for each request, and shared by all that serves it. */
@injectable('Request')
class Visitor {
  readonly language: string;

  constructor(request: HttpRequest) {
    this.language = request.express.acceptsLanguages('de', 'en') || 'en';
  }
}

@injectable('Request')
@JsonController('/hello')
class HelloController {
  constructor(
    private readonly visitor: Visitor,
    private readonly request: HttpRequest,
  ) {}

  @Get()
  hello() {
    const greeting = this.visitor.language === 'de' ? 'Guten Tag' : 'Good day';
    return { greeting, requestId: this.request.id };
  }
}

@Plugin({ name: 'hello', controllers: [HelloController], services: [Visitor] })
export class HelloPlugin {}
// #endregion
