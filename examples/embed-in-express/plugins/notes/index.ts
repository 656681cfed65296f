import { IsString, Length } from 'class-validator';
import { Plugin } from 'plugboard';
import { Authorized, Body, CurrentUser, Get, HttpCode, JsonController, Post } from 'routing-controllers';
import type { User } from '../../contracts.ts';

class Note {
  @IsString()
  @Length(1, 200)
  text!: string;
}

@Plugin({ name: 'notes', version: '1.0.0', description: 'Notes that everyone keeps for themselves' })
@Authorized()
@JsonController('/notes')
export class NotesPlugin {
  readonly #notes = new Map<string, Note[]>();

  @Get()
  list(@CurrentUser() user: User) {
    return this.#of(user);
  }

  @Post()
  @HttpCode(201)
  add(@CurrentUser() user: User, @Body() note: Note) {
    this.#notes.set(user.name, [...this.#of(user), note]);
    return note;
  }

  #of({ name }: User): readonly Note[] {
    return this.#notes.get(name) ?? [];
  }
}
