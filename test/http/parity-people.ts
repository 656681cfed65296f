import {
  Authorized,
  BodyParam,
  CurrentUser,
  Get,
  JsonController,
  Post,
  Session,
  SessionParam,
  UploadedFile,
  UploadedFiles,
} from 'routing-controllers';

type File = Express.Multer.File;

@JsonController('/users')
export class UserController {
  @Get('/me')
  me(@CurrentUser() user: object) {
    return { user };
  }

  @Get('/needed')
  needed(@CurrentUser({ required: true }) user: object) {
    return { user };
  }

  @Authorized()
  @Get('/authorized')
  authorized() {
    return 'in';
  }

  @Authorized(['admin', 'root'])
  @Get('/admin')
  admin() {
    return 'admin';
  }
}

@Authorized('member')
@JsonController('/club')
export class ClubController {
  @Get('/door')
  door() {
    return 'open';
  }

  @Authorized('chief')
  @Get('/office')
  office() {
    return 'open';
  }
}

@JsonController('/session')
export class SessionController {
  @Post('/visit')
  visit(@Session() session: { visits?: number }) {
    session.visits = (session.visits ?? 0) + 1;
    return { visits: session.visits };
  }

  @Get('/visits')
  visits(@SessionParam('visits') visits: number) {
    return { visits: visits ?? null };
  }

  @Get('/needed')
  needed(@SessionParam('visits', { required: true }) visits: number) {
    return { visits };
  }
}

@JsonController('/uploads')
export class UploadController {
  @Post('/one')
  one(@UploadedFile('file') file: File, @BodyParam('note') note: string) {
    return { name: file?.originalname, size: file?.size, note };
  }

  @Post('/needed')
  needed(@UploadedFile('file', { required: true }) file: File) {
    return { name: file.originalname };
  }

  @Post('/many')
  many(@UploadedFiles('files') files: File[]) {
    return { names: files?.map(({ originalname }) => originalname) };
  }

  @Post('/typed')
  typed(@UploadedFile('file', { options: { limits: { fileSize: 1_000_000 } } }) file: File) {
    return { text: file.buffer.toString() };
  }
}
