import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Cluster, GitOpsApp, OutputChecks, Platform, TrustDomain } from '../../src';

/**
 * What an app writes, read back: the real bytes of the real writer.
 */
export class Synthesized {
  /**
   * Parts of a platform are no system that the checks could judge: only whole ones ask for them.
   */
  public static of(define: (app: GitOpsApp) => void, checks: OutputChecks = OutputChecks.OFF): Synthesized {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-'));
    try {
      const app = new GitOpsApp({ outdir, checks });
      define(app);
      app.synth();
      return Synthesized.read(outdir);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }

  /**
   * What an app has written to a folder.
   */
  public static read(outdir: string): Synthesized {
    const paths = readdirSync(outdir, { recursive: true }) as string[];
    const files = paths.filter((path) => statSync(join(outdir, path)).isFile() && !path.startsWith('.')).sort();
    return new Synthesized(Object.fromEntries(files.map((path) => [path, readFileSync(join(outdir, path), 'utf8')])));
  }

  private readonly documents: readonly Document[];

  private constructor(
    /**
     * The text of each file by its path below the output folder.
     */
    public readonly files: { [path: string]: string },
  ) {
    this.documents = Object.entries(files)
      .filter(([path]) => path.endsWith('.k8s.yaml'))
      .flatMap(([path, text]) => text.split(/^---\n/m).filter((part) => part !== '').map((part) => new Document(path, part)));
  }

  /**
   * The manifests by path.
   */
  public get objects(): { [path: string]: any[] } {
    const objects: { [path: string]: any[] } = {};
    for (const { path, object } of this.documents) {
      (objects[path] ??= []).push(object);
    }
    return objects;
  }

  public get allObjects(): any[] {
    return this.documents.map(({ object }) => object);
  }

  /**
   * The one object of this kind and name; throws when there is none, or more than one.
   */
  public object(kind: string, name: string, namespace?: string): any {
    const found = this.ofKind(kind).filter(({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace));
    if (found.length !== 1) {
      throw new Error(`${found.length} objects are ${kind} '${name}'; there are ${this.ofKind(kind).map((object) => object.metadata.name).join(', ') || 'none'}`);
    }
    return found[0];
  }

  public ofKind(kind: string): any[] {
    return this.documents.filter(({ text }) => text.includes(`kind: ${kind}`)).map(({ object }) => object).filter((object) => object?.kind === kind);
  }
}

/**
 * One manifest, parsed when somebody looks at it.
 */
class Document {
  private parsed: { readonly value: any } | undefined;

  public constructor(public readonly path: string, public readonly text: string) {}

  public get object(): any {
    this.parsed ??= { value: parse(this.text) };
    return this.parsed.value;
  }
}

export const CLUSTER = Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') });

/**
 * The output of one platform.
 */
export function synthPlatform(define: (platform: Platform) => void, cluster: Cluster = CLUSTER, checks?: OutputChecks): Synthesized {
  return Synthesized.of((app) => define(new Platform(app, cluster.name, { cluster })), checks);
}
