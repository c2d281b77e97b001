import { Node } from './ast';
import { Position } from './token';

/** A decoded block: the values of its known keys and where they stand. */
export class Block {
  /** Keys the program notices and does not know. */
  public unused: Map<string, Position> = new Map();
  private readonly values = new Map<string, unknown>();
  private readonly positions = new Map<string, Position>();

  constructor(public readonly position: Position) {}

  public keep(name: string, value: unknown, position: Position): void {
    this.values.set(name, value);
    this.positions.set(name, position);
  }

  public has(name: string): boolean {
    return this.values.has(name);
  }

  public value(name: string): unknown {
    return this.values.get(name);
  }

  /** Where the key stands, or the block where it does not stand. */
  public at(name: string): Position {
    return this.positions.get(name) ?? this.position;
  }

  /** The string, empty where the key is absent: SPIRE does not tell the two apart. */
  public text(name: string): string {
    return (this.values.get(name) as string | undefined) ?? '';
  }

  public int(name: string): number | undefined {
    return this.values.get(name) as number | undefined;
  }

  public bool(name: string): boolean | undefined {
    return this.values.get(name) as boolean | undefined;
  }

  public texts(name: string): string[] {
    return (this.values.get(name) as string[] | undefined) ?? [];
  }

  public block(name: string): Block | undefined {
    return this.values.get(name) as Block | undefined;
  }

  public blocks(name: string): Block[] {
    return (this.values.get(name) as Block[] | undefined) ?? [];
  }

  public map(name: string): Map<string, Block> {
    return (this.values.get(name) as Map<string, Block> | undefined) ?? new Map();
  }

  public node(name: string): Node | undefined {
    return this.values.get(name) as Node | undefined;
  }
}
