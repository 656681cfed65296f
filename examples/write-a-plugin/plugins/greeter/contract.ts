/** What other plugins may use of the greeter. */
export abstract class Greetings {
  abstract greet(name: string): string;
}
