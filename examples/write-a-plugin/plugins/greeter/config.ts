import { IsString, Length } from 'class-validator';

export class GreeterConfig {
  /** What stands before the name. */
  @IsString()
  @Length(1, 40)
  readonly greeting: string = 'Hello';
}
