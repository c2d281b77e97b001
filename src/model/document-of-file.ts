import { Written } from './manifest';

/** A document whose text is read again when it is asked for, as that of those with a finding is: most are not. */
export class DocumentOfFile implements Written {
  constructor(private readonly file: () => string, private readonly start: number, private readonly end: number, public readonly firstLine: number) {}

  public get text(): string {
    return this.file().slice(this.start, this.end);
  }
}
