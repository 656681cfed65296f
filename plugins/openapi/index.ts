import type { Request, Response } from 'express';
import { Plugin, Plugins } from 'plugboard';
import {
  Controller,
  Get,
  Header,
  JsonController,
  NotFoundError,
  Param,
  Render,
  Req,
  Res,
} from 'routing-controllers';
import { ApiDocuments } from './api-documents.ts';
import { OpenApiConfig } from './config.ts';
import { documentTag } from './document-tag.ts';
import type { OpenApiDocument } from './document-types.ts';
import { MenuItems, ReferenceLink } from './menu-link.ts';
import { ApiOperation } from './operation-decorator.ts';
import { describeReference } from './reference.ts';

export { ApiDocuments } from './api-documents.ts';
export { OpenApiConfig } from './config.ts';
export { ApiOperation } from './operation-decorator.ts';
export type { BodyType, OperationOptions, ResponseOptions } from './operation-decorator.ts';
export { JSONSchema } from './schema-decorator.ts';
export type { OpenApiDocument, Operation, Schema } from './document-types.ts';

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The documents for programs. */
@JsonController()
@ApiOperation({ hidden: true })
class DocumentsController {
  constructor(
    private readonly documents: ApiDocuments,
    private readonly plugins: Plugins,
  ) {}

  @Get('/openapi.json')
  @Header('Cache-Control', 'no-cache')
  merged(@Req() request: Request, @Res() response: Response) {
    return fresh(this.documents.merged(request.baseUrl), request, response);
  }

  @Get('/openapi/:plugin.json')
  @Header('Cache-Control', 'no-cache')
  of(@Param('plugin') name: string, @Req() request: Request, @Res() response: Response) {
    const document = this.documents.of(name, request.baseUrl);
    if (!document) throw new NotFoundError(this.#whyNone(name));
    return fresh(document, request, response);
  }

  #whyNone(name: string): string {
    const state = this.plugins.find(name)?.state;
    if (state === undefined) return `There is no plugin "${name}".`;
    return state === 'running' ? `"${name}" is not documented.` : `"${name}" is ${state}.`;
  }
}

/** The document, or 304 where the client has it already. */
function fresh(document: OpenApiDocument, request: Request, response: Response): OpenApiDocument | Response {
  response.set('ETag', documentTag(document));
  if (!request.fresh) return document;
  return response.set('Cache-Control', 'no-cache').status(304).end();
}

@Plugin({
  name: 'openapi',
  version: '1.0.0',
  description: 'Describes the routes of all plugins by OpenAPI, for programs and on a page',
  assets: './assets',
  config: OpenApiConfig,
  controllers: [DocumentsController],
  services: [ApiDocuments],
  exports: [ApiDocuments],
  contributes: [[MenuItems, ReferenceLink]],
})
@Controller('/openapi')
@ApiOperation({ hidden: true })
export class OpenApiPlugin {
  constructor(private readonly documents: ApiDocuments) {}

  @Get()
  @Header('Cache-Control', 'no-cache')
  @Header('Content-Security-Policy', contentPolicy)
  @Header('X-Content-Type-Options', 'nosniff')
  @Render('reference')
  show(@Req() { baseUrl }: Request) {
    return describeReference(this.documents.merged(baseUrl));
  }
}
