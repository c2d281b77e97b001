import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/**
 * The source files of a house: for each what it imports (files of the house by path, packages by name).
 */
export interface SourceFile {
  readonly path: string;
  readonly imports: string[];
  /** The files of the house that it hands on as a whole. */
  readonly exports: string[];
  /** Whether it does something, and not only declares types or hands on other files. */
  readonly hasCode: boolean;
}

export function readHouse(root: string): SourceFile[] {
  const paths = (readdirSync(root, { recursive: true }) as string[]).filter((path) => path.endsWith('.ts')).sort();
  return paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const locate = (name: string) => name.startsWith('.') ? resolve(paths, join(dirname(path), name)) : name;
    const statements = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022).statements;
    return {
      path,
      imports: ts.preProcessFile(text, true, true).importedFiles.map((file) => locate(file.fileName)),
      exports: statements.filter(ts.isExportDeclaration).map((statement) => locate((statement.moduleSpecifier as ts.StringLiteral).text)),
      hasCode: statements.some(isCode),
    };
  });
}

function resolve(paths: string[], target: string): string {
  const file = [`${target}.ts`, join(target, 'index.ts')].find((path) => paths.includes(path));
  if (!file) {
    throw new Error(`'${target}' is imported and is no source file`);
  }
  return file;
}

function isCode(statement: ts.Statement): boolean {
  return !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)
    && !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement) && !ts.isEnumDeclaration(statement);
}

/**
 * For each folder the others that its files may import from; the longest name that fits a file counts.
 */
export type FloorPlan = { readonly [folder: string]: readonly string[] };

/**
 * Imports between folders that the plan does not have.
 */
export function forbiddenImports(files: SourceFile[], plan: FloorPlan): string[] {
  return files.flatMap((file) => {
    const own = folderOf(file.path, plan);
    if (own === undefined) {
      return [`${file.path} is in no folder of the plan: say there what it may import`];
    }
    return file.imports.filter((target) => target.endsWith('.ts'))
      .filter((target) => ![own, ...plan[own]].includes(folderOf(target, plan)!))
      .map((target) => `${file.path} imports ${target}: ${own} may import from ${plan[own].join(', ') || 'no other folder'}`);
  });
}

function folderOf(path: string, plan: FloorPlan): string | undefined {
  return Object.keys(plan).filter((folder) => dirname(path) === folder || path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];
}

/**
 * Packages imported where the plan does not allow them.
 */
export function forbiddenPackages(files: SourceFile[], allowed: { readonly [name: string]: readonly string[] }): string[] {
  return files.flatMap((file) => file.imports.filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'))
    .filter((name) => !(allowed[name] ?? []).some((folder) => file.path.startsWith(folder)))
    .map((name) => `${file.path} imports package ${name}: ${allowed[name] ? `only ${allowed[name].join(', ')} may` : 'no file may'}`));
}

/**
 * Each circle of imports, as the path around it.
 */
export function circles(files: SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.imports.filter((target) => target.endsWith('.ts'))]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' > '));
    } else if (!done.has(path)) {
      (imports.get(path) ?? []).forEach((target) => visit(target, [...trail, path]));
      done.add(path);
    }
  };
  [...imports.keys()].forEach((path) => visit(path, []));
  return found;
}

/**
 * The files of the public API: what the index hands on, and what that hands on.
 */
export function publicFiles(files: SourceFile[], index = 'index.ts'): string[] {
  const exported = files.find((file) => file.path === index)!.exports;
  return [...exported, ...exported.flatMap((path) => publicFiles(files, path))];
}

/**
 * Files with code and without any test in their folder or one above.
 */
export function untested(files: SourceFile[], tests: string[]): string[] {
  const folders = new Set(tests.map((path) => dirname(path)));
  const isCovered = (folder: string): boolean => folder !== '.' && (folders.has(folder) || isCovered(dirname(folder)));
  return files.filter((file) => file.hasCode && !isCovered(dirname(file.path))).map((file) => file.path);
}
