import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/**
 * Compiles a folder of TypeScript to JavaScript, so that measured processes run what users run and never wait for a compiler.
 *
 * @param source the folder of TypeScript
 * @param target the folder of JavaScript, emptied before
 */
export function compile(source: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    const output = join(target, file);
    if (file.endsWith('.ts')) {
      const { outputText } = ts.transpileModule(readFileSync(join(source, file), 'utf8'), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
      });
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output.replace(/\.ts$/, '.js'), outputText);
    } else if (/\.\w+$/.test(file)) {
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output, readFileSync(join(source, file)));
    }
  }
}
