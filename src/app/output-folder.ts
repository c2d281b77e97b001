import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INDEX = '.cdk8s-spiffe-files';

/**
 * A folder of written files that knows which files are its own.
 *
 * A file is written only when its bytes differ; a file of an earlier run that is no longer made is removed; files of others stay.
 */
export class OutputFolder {
  private readonly written = new Set<string>();
  // a disk may not tell 'Demo' from 'demo'
  private readonly spellings = new Map<string, string>();
  private readonly folders = new Map<string, Set<string>>();

  public constructor(private readonly directory: string) {}

  /**
   * Writes one file.
   *
   * @param path the path below the folder, with `/` between its parts
   */
  public write(path: string, content: string): void {
    if (this.written.has(path)) {
      throw new Error(`file '${path}' would be written twice: rename one of the two charts or artifacts`);
    }
    this.requireOneSpelling(path);
    const end = path.lastIndexOf('/') + 1;
    const file = `${this.directory}/${path}`;
    try {
      const names = this.namesIn(path.slice(0, end));
      if (!names.has(path.slice(end)) || !readFileSync(file).equals(Buffer.from(content))) {
        writeFileSync(file, content);
      }
    } catch (error) {
      throw unwritable(file, error);
    }
    this.written.add(path);
  }

  /**
   * Removes the files of an earlier run that were not written again.
   */
  public close(): void {
    for (const path of this.earlier().filter((file) => !this.written.has(file) && isBelow(file))) {
      rmSync(join(this.directory, path), { force: true });
      this.removeEmpty(dirname(path));
    }
    this.writeIndex();
  }

  /**
   * Ends a run that failed half-way: nothing is removed, and the next run knows the files of this one as its own.
   */
  public abandon(): void {
    if (this.written.size > 0) {
      this.earlier().forEach((path) => this.written.add(path));
      this.writeIndex();
    }
  }

  private requireOneSpelling(path: string): void {
    const other = this.spellings.get(path.toLowerCase());
    if (other !== undefined && other !== path) {
      throw new Error(`files '${other}' and '${path}' differ in upper and lower case only, which many disks do not tell apart: rename one of the two`);
    }
    this.spellings.set(path.toLowerCase(), path);
  }

  private earlier(): string[] {
    const index = join(this.directory, INDEX);
    return existsSync(index) ? readFileSync(index, 'utf8').split('\n').filter((line) => line !== '') : [];
  }

  private writeIndex(): void {
    this.write(INDEX, [...this.written].sort().map((path) => `${path}\n`).join(''));
  }

  // one look at a folder instead of one at each file; a folder that is missing is made
  private namesIn(path: string): Set<string> {
    let names = this.folders.get(path);
    if (!names) {
      const folder = join(this.directory, path);
      mkdirSync(folder, { recursive: true });
      names = new Set(readdirSync(folder));
      this.folders.set(path, names);
    }
    return names;
  }

  private removeEmpty(path: string): void {
    const folder = join(this.directory, path);
    if (path !== '.' && existsSync(folder) && readdirSync(folder).length === 0) {
      rmdirSync(folder);
      this.removeEmpty(dirname(path));
    }
  }
}

function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

const REASONS: { [code: string]: string } = {
  EEXIST: 'a file is where a folder has to be: remove it, or choose another outdir',
  ENOTDIR: 'a file is where a folder has to be: remove it, or choose another outdir',
  EISDIR: 'a folder of that name is there: remove it, or choose another outdir',
  EACCES: 'the file system does not allow it: give this user the right to write, or choose another outdir',
  EPERM: 'the file system does not allow it: give this user the right to write, or choose another outdir',
  EROFS: 'the file system is read-only: choose another outdir',
  ENOSPC: 'the disk is full: make room, or choose another outdir',
};

function unwritable(file: string, error: unknown): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason === undefined ? error : new Error(`'${file}' cannot be written: ${reason}`);
}
