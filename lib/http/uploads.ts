import type { Request, RequestHandler } from 'express';
import type { Field, Options } from 'multer';
import { HttpError, type ActionMetadata, type ParamMetadata } from 'routing-controllers';
import type { Limits } from './plugin-routes.ts';

/** Reads the files of a multipart request that the app has not read; undefined where the action takes none. */
export function compileUploads({ params }: ActionMetadata, limits: Limits): RequestHandler | undefined {
  const uploads = params.filter(({ type }) => type === 'file' || type === 'files');
  const [first] = uploads;
  if (!first) return undefined;
  const settings = multerSettings(uploads, limits);
  let receive: Promise<RequestHandler> | undefined;
  return async (request, response, next) => {
    if (request.file || request.files) return next();
    receive ??= loadMulter(uploads, settings);
    const handler = await receive;
    await handler(request, response, (error?: unknown) => next(error && toHttpError(error, request)));
  };
}

function multerSettings(uploads: readonly ParamMetadata[], { fileBytes, files }: Limits): Options {
  const given = uploads.map(({ extraOptions }) => extraOptions as Options | undefined);
  const own: Options = Object.assign({}, ...given);
  const limits = { fileSize: fileBytes ?? 10 * 1024 * 1024, files: files ?? 10, ...own.limits };
  return { ...own, limits };
}

async function loadMulter(uploads: readonly ParamMetadata[], settings: Options): Promise<RequestHandler> {
  const { default: multer } = await import('multer');
  const receiver = multer(settings);
  const [first] = uploads;
  if (uploads.length === 1 && first) {
    return first.type === 'file' ? receiver.single(first.name) : receiver.array(first.name);
  }
  return receiver.fields(uploads.map(toField));
}

function toField({ type, name }: ParamMetadata): Field {
  return type === 'file' ? { name, maxCount: 1 } : { name };
}

function toHttpError(error: unknown, request: Request): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  const isMulters = error.name === 'MulterError';
  // What busboy says of a form that it can't read is a plain error, as is what is said when the client goes.
  if (!isMulters && !request.errored && !malformedForm.test(error.message)) return error;
  const refused = new HttpError(code === 'LIMIT_FILE_SIZE' ? 413 : 400, error.message);
  const name = isMulters ? 'MulterError' : 'BadRequestError';
  // Where it goes on to the app, Express looks at the status.
  return Object.assign(refused, { name, cause: error, status: refused.httpCode });
}

const malformedForm =
  /^(?:Unexpected end of (?:form|file)|Malformed (?:part header|content type)|Multipart: Boundary not found|Unsupported content type: .*)$/;
