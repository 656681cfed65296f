import { injectable } from 'inversify';
import { GreeterConfig } from './config.ts';
import { Greetings } from './contract.ts';

@injectable()
export class PoliteGreetings extends Greetings {
  constructor(private readonly config: GreeterConfig) {
    super();
  }

  greet(name: string): string {
    return `${this.config.greeting} ${name}`;
  }
}
