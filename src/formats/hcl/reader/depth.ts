import { HclError, Position } from './token';

// V8 ends the process where the stack ends
const DEEPEST = 1000;

/**
 * How many objects and lists a parser is in.
 */
export class Depth {
  private levels = 0;

  /** Reads what is one level deeper. @throws HclError where that is too deep */
  public within<T>(position: Position, read: () => T): T {
    if (this.levels === DEEPEST) {
      throw new HclError(`more than ${DEEPEST} objects and lists are in each other`, position);
    }
    this.levels++;
    const value = read();
    this.levels--;
    return value;
  }
}
