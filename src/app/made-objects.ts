import { IConstruct } from 'constructs';
import { RenderedFile } from './rendered-file';
import type { MadeObject } from '../checks/made-objects';

/**
 * One object of a file, whose place in it is looked for only when somebody asks.
 */
export class ObjectInFile implements MadeObject {
  public readonly generated = true;

  public constructor(
    public readonly value: any,
    public readonly construct: IConstruct,
    private readonly documents: Documents,
    private readonly index: number,
  ) {}

  public get file(): string {
    return this.documents.path;
  }

  public get text(): string {
    return this.documents.texts[this.index];
  }

  public get firstLine(): number {
    return this.documents.firstLines[this.index];
  }
}

class Documents {
  private split?: { readonly texts: string[]; readonly firstLines: number[] };

  public constructor(public readonly path: string, private readonly text: string) {}

  public get texts(): string[] {
    return this.parts().texts;
  }

  public get firstLines(): number[] {
    return this.parts().firstLines;
  }

  private parts() {
    if (!this.split) {
      const texts = this.text.split(/^---\n/m);
      const firstLines: number[] = [];
      let line = 1;
      for (const text of texts) {
        firstLines.push(line);
        line += text.split('\n').length;
      }
      this.split = { texts, firstLines };
    }
    return this.split;
  }
}

/**
 * The objects of a file, for the checks.
 */
export function madeObjects({ path, text, manifests }: RenderedFile): ObjectInFile[] {
  const documents = new Documents(path, text);
  return manifests.map(({ json, source }, index) => new ObjectInFile(json, source, documents, index));
}
