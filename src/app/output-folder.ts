import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const INDEX = '.cdk8s-spiffe-files';

// by folder and app: what another app of the same program has just written is no leftover
const WRITTEN = new Map<string, Map<symbol, Set<string>>>();

// what an app wrote is remembered for the whole program, the app itself is not
const APPS = new WeakMap<object, symbol>();

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
  private readonly app: symbol;

  /**
   * @param directory where it is
   * @param app whose run it is; files of other apps of this program stay
   */
  public constructor(private readonly directory: string, app: object) {
    this.app = APPS.get(app) ?? Symbol('app');
    APPS.set(app, this.app);
  }

  /**
   * Writes one file.
   *
   * @param path the path below the folder, with `/` between its parts
   */
  public write(path: string, content: string): void {
    if (this.written.has(path)) {
      throw new Error(`file '${path}' would be written twice: rename one of the two charts, artifacts or objects, or choose an output type with fewer files`);
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
    const others = this.filesOfOtherApps();
    for (const path of this.earlier().filter((file) => !this.written.has(file) && !others.has(file) && isBelow(file))) {
      this.remove(path);
    }
    this.writeIndex(others);
  }

  /**
   * Ends a run that failed half-way: nothing is removed, and the next run knows the files of this one as its own.
   */
  public abandon(): void {
    if (this.written.size > 0) {
      this.writeIndex(this.earlier());
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
    try {
      return existsSync(index) ? readFileSync(index, 'utf8').split('\n').filter((line) => line !== '' && line !== INDEX) : [];
    } catch (error) {
      throw unwritable(index, error);
    }
  }

  private filesOfOtherApps(): Set<string> {
    const directory = resolve(this.directory);
    const apps = WRITTEN.get(directory) ?? new Map<symbol, Set<string>>();
    WRITTEN.set(directory, apps.set(this.app, this.written));
    return new Set([...apps].flatMap(([app, paths]) => app === this.app ? [] : [...paths]));
  }

  private writeIndex(others: Iterable<string>): void {
    this.write(INDEX, [...new Set([...this.written, ...others])].sort().map((path) => `${path}\n`).join(''));
  }

  private remove(path: string): void {
    try {
      const file = join(this.directory, path);
      // somebody may have put a folder of that name there
      if (existsSync(file) && !isFolder(file)) {
        rmSync(file);
      }
      this.removeEmpty(dirname(path));
    } catch (error) {
      throw unwritable(`${this.directory}/${path}`, error);
    }
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
    if (path !== '.' && isFolder(folder) && readdirSync(folder).length === 0) {
      rmdirSync(folder);
      this.removeEmpty(dirname(path));
    }
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && lstatSync(path).isDirectory();
}

function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

const REASONS: { [code: string]: string } = {
  EEXIST: 'a file is where a folder has to be: remove it, or choose another outdir',
  ENOTDIR: 'a file is where a folder has to be: remove it, or choose another outdir',
  EISDIR: 'a folder of that name is there: remove it, or choose another outdir',
  EACCES: 'the file system does not allow it: give this user the right to write, or choose another outdir',
  ELOOP: 'links lead back to themselves: remove them, or choose another outdir',
  ENOENT: 'what its path leads to is missing: remove links that lead nowhere, or choose another outdir',
  EPERM: 'the file system does not allow it: give this user the right to write, or choose another outdir',
  EROFS: 'the file system is read-only: choose another outdir',
  ENOSPC: 'the disk is full: make room, or choose another outdir',
};

function unwritable(file: string, error: unknown): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason === undefined ? error : new Error(`'${file}' cannot be written: ${reason}`);
}
