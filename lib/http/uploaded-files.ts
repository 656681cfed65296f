import type { ParamMetadata } from 'routing-controllers';
import type { Request } from 'express';

type Files = Request['files'];

/** What multer has left for one parameter: it differs with one and with several of them in an action. */
export function uploadedFiles({ name, type }: ParamMetadata): (request: Request) => unknown {
  if (type === 'file') return ({ file, files }) => file ?? byField(files, name)?.[0];
  return ({ files }) => byField(files, name);
}

function byField(files: Files, name: string): Express.Multer.File[] | undefined {
  if (Array.isArray(files)) return files.filter(({ fieldname }) => fieldname === name);
  return files?.[name];
}
