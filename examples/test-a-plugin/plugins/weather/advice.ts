/** A service of the plugin's own, that a test may replace as well. */
export class Advice {
  on(celsius: number): string {
    return celsius < 10 ? 'Take a coat.' : 'Leave the coat.';
  }
}
