/**
 * Whoever listens to one kind of thing that happens all the time. Who tells looks at {@link isThere} first: so nothing is
 * made, and no clock is read, while nobody listens.
 */
export class Audience<Happened> {
  isThere = false;
  private listeners: readonly ((happened: Happened) => void)[] = [];

  /** `listener` must not throw. Gives what ends it; from then on it hears nothing, not even what is being told just now. */
  add(listener: (happened: Happened) => void): () => void {
    let isOver = false;
    const own = (happened: Happened): void => {
      if (!isOver) listener(happened);
    };
    this.set([...this.listeners, own]);
    return () => {
      isOver = true;
      this.set(this.listeners.filter((other) => other !== own));
    };
  }

  tell(happened: Happened): void {
    for (const listener of this.listeners) listener(happened);
  }

  private set(listeners: readonly ((happened: Happened) => void)[]): void {
    this.listeners = listeners;
    this.isThere = listeners.length > 0;
  }
}
