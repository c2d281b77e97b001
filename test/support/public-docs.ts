import * as ts from 'typescript';

const PYTHON = words(`False None True and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield`);
const JAVA = words(`abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for
  goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch
  synchronized this throw throws transient try void volatile while true false null`);
// fields and methods begin with a capital letter in Go, so that only parameters can be keywords
const GO = words(`break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select
  struct switch type var`);

function words(text: string): string[] {
  return text.split(/\s+/);
}

type Declared = ts.ClassElement | ts.TypeElement | ts.EnumMember | ts.ParameterPropertyDeclaration;

/**
 * What is wrong with the documentation and the names of the public API in one source file, one line each.
 */
export function docProblems(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return file.statements.filter(isPublicType).flatMap((type) => {
    const name = type.name!.text;
    return [
      ...summaryProblems(type, name),
      ...members(type).flatMap((member) => memberProblems(member, name, ts.isInterfaceDeclaration(type) && !/^I[A-Z]/.test(name))),
    ];
  }).map((problem) => `${path}: ${problem}`);
}

type PublicType = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;

function isPublicType(statement: ts.Statement): statement is PublicType {
  return (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isEnumDeclaration(statement))
    && has(statement, ts.SyntaxKind.ExportKeyword) && !isInternal(statement);
}

function members(type: PublicType): Declared[] {
  const declared = [...type.members] as Declared[];
  const parameters = (type.members as ts.NodeArray<ts.Node>).filter(ts.isConstructorDeclaration)
    .flatMap((constructor) => constructor.parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, constructor)));
  return [...declared.filter((member) => !ts.isConstructorDeclaration(member)), ...parameters as ts.ParameterPropertyDeclaration[]]
    .filter((member) => !has(member, ts.SyntaxKind.PrivateKeyword) && !isInternal(member) && member.name && !ts.isPrivateIdentifier(member.name));
}

function memberProblems(member: Declared, type: string, ofStruct: boolean): string[] {
  const name = (member.name as ts.Identifier).text;
  const problems = summaryProblems(member, `${type}.${name}`);
  if (ofStruct && (member as ts.PropertySignature).questionToken) {
    const value = ts.getJSDocTags(member).find((tag) => tag.tagName.text === 'default')?.comment;
    if (typeof value !== 'string' || !/^- \S/.test(value)) {
      problems.push(`${type}.${name} is optional and has no '@default - what happens without it'`);
    }
  }
  if ([...PYTHON, ...JAVA].includes(name)) {
    problems.push(`${type}.${name} is a keyword in Python or Java`);
  }
  const parameters = ts.isMethodDeclaration(member) || ts.isMethodSignature(member) ? member.parameters : [];
  for (const parameter of parameters.map((declared) => declared.name.getText())) {
    if ([...PYTHON, ...JAVA, ...GO].includes(parameter)) {
      problems.push(`${type}.${name} has parameter '${parameter}', a keyword in Python, Java or Go`);
    }
  }
  return problems;
}

function summaryProblems(node: ts.Node, name: string): string[] {
  const doc = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)[0];
  if (!doc) {
    return [`${name} has no documentation`];
  }
  const [summary, second] = (ts.getTextOfJSDocComment(doc.comment) ?? '').split('\n');
  if (!summary.endsWith('.')) {
    return [`${name} has a first line that is no sentence: '${summary}'`];
  }
  return second ? [`${name} has no empty line after the first`] : [];
}

function has(node: ts.Node, modifier: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((own) => own.kind === modifier);
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'internal');
}
