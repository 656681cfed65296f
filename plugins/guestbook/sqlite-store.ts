import { injectable } from 'inversify';
import Database from 'libsql';
import { GuestbookConfig } from './config.ts';
import { GuestbookStore, type GuestbookEntry, type Writer } from './contract.ts';

/** Keeps the guestbook in SQLite, from the start of the plugin to its stop. */
@injectable()
export class SqliteStore extends GuestbookStore {
  #database: Database.Database | undefined;

  constructor(private readonly config: GuestbookConfig) {
    super();
  }

  onStart(): void {
    this.#database = new Database(this.config.file);
    this.#database.exec(schema);
  }

  onStop(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  add({ name, message }: Pick<GuestbookEntry, 'name' | 'message'>): GuestbookEntry {
    const writtenAt = new Date().toISOString();
    const { lastInsertRowid } = this.#open
      .prepare('INSERT INTO entries (name, message, writtenAt) VALUES (?, ?, ?)')
      .run(name, message, writtenAt);
    return { id: Number(lastInsertRowid), name, message, writtenAt };
  }

  find(id: number): GuestbookEntry | undefined {
    // Not get(): the driver adds a field of its own to what that gives.
    const [entry] = this.#open.prepare(`SELECT ${columns} FROM entries WHERE id = ?`).all(id);
    return entry as GuestbookEntry | undefined;
  }

  latest(limit: number): readonly GuestbookEntry[] {
    return this.#open
      .prepare(`SELECT ${columns} FROM entries ORDER BY id DESC LIMIT ?`)
      .all(limit) as GuestbookEntry[];
  }

  count(): number {
    const { entries } = this.#open.prepare('SELECT count(*) AS entries FROM entries').get() as Writer;
    return entries;
  }

  writers(limit: number): readonly Writer[] {
    return this.#open
      .prepare(
        'SELECT name, count(*) AS entries FROM entries GROUP BY name ORDER BY entries DESC, name LIMIT ?',
      )
      .all(limit) as Writer[];
  }

  get #open(): Database.Database {
    if (!this.#database) throw new Error('The guestbook is closed.');
    return this.#database;
  }
}

const columns = 'id, name, message, writtenAt';

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    writtenAt TEXT NOT NULL
  )`;
