import { Staff, type User } from './contracts.ts';

export class StaffList extends Staff {
  readonly #users: readonly User[] = [
    { name: 'ada', role: 'manager' },
    { name: 'bob', role: 'clerk' },
  ];

  find(name: string): User | undefined {
    return this.#users.find((user) => user.name === name);
  }

  all(): readonly User[] {
    return this.#users;
  }
}
