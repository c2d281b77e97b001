/**
 * What becomes known one by one: who asks is told of all so far, and of what comes later.
 */
export class Announcements<T> {
  private readonly items: T[] = [];
  private readonly listeners: ((item: T) => void)[] = [];

  /**
   * What is known so far.
   */
  public get all(): T[] {
    return [...this.items];
  }

  public add(item: T): void {
    this.items.push(item);
    this.listeners.forEach((listener) => listener(item));
  }

  public onEach(listener: (item: T) => void): void {
    this.listeners.push(listener);
    this.all.forEach((item) => listener(item));
  }
}
