import { IsNotEmpty, IsString } from 'class-validator';

export class GuestbookConfig {
  /** Where the entries are kept; `:memory:` forgets them at the end of the process. */
  @IsString()
  @IsNotEmpty()
  readonly file: string = ':memory:';
}
