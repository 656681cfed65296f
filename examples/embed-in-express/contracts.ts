/** What the app offers to plugins. App and plugins import this very file, so it is one class for all of them. */
export abstract class Staff {
  abstract find(name: string): User | undefined;
  abstract all(): readonly User[];
}

export interface User {
  readonly name: string;
  readonly role: 'clerk' | 'manager';
}
