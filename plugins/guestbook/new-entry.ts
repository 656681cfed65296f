import { Transform, type TransformFnParams } from 'class-transformer';
import { IsString, Length } from 'class-validator';

/** What a visitor sends, by form or as JSON. */
export class NewEntry {
  @Transform(trimmed)
  @IsString()
  @Length(1, 60, { message: 'Please give a name of up to 60 characters.' })
  name!: string;

  @Transform(trimmed)
  @IsString()
  @Length(1, 500, { message: 'Please write a message of up to 500 characters.' })
  message!: string;
}

function trimmed({ value }: TransformFnParams): unknown {
  return typeof value === 'string' ? value.trim() : (value as unknown);
}
