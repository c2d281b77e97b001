import { parseAllDocuments, stringify } from 'yaml';
import { Engine } from '../../src/checks/engine';
import { Rule } from '../../src/checks/rule';
import { FED_RULES } from '../../src/checks/rules/fed';

/** The manifests and values of an example by file, to be changed by hand. */
export class Twin {
  private readonly read = new Map<string, any[]>();
  private readonly changed = new Set<string>();

  public constructor(private readonly files: { [path: string]: string }) {}

  /** Changes the one object of a kind and name in a cluster. */
  public edit(cluster: string, kind: string, name: string, change: (object: any) => void): void {
    const found = this.objects(cluster).filter(({ object }) => object?.kind === kind && object.metadata?.name === name);
    expect(found).toHaveLength(1);
    this.change(found[0].file, found[0].object, change);
  }

  /** Takes the one object of a kind and name away. */
  public remove(cluster: string, kind: string, name: string): void {
    expect(this.removeAll(cluster, kind, (object) => object.metadata.name === name)).toBe(1);
  }

  /** Takes away all objects of a kind that are so, at least one, and says how many. */
  public removeAll(cluster: string, kind: string, matches: (object: any) => boolean): number {
    const found = this.objects(cluster).filter(({ object }) => object?.kind === kind && matches(object));
    expect(found).not.toEqual([]);
    found.forEach(({ file, object }) => {
      this.read.set(file, this.documents(file).filter((one) => one !== object));
      this.changed.add(file);
    });
    return found.length;
  }

  /** Changes all objects of a kind, at least one of them. */
  public editAll(cluster: string, kind: string, change: (object: any) => void): void {
    const before = this.changed.size;
    this.objects(cluster).filter(({ object }) => object?.kind === kind).forEach(({ file, object }) => this.change(file, object, change));
    expect(this.changed.size).toBeGreaterThan(before);
  }

  public add(cluster: string, object: any): void {
    const file = `${cluster}/40-identities/added.k8s.yaml`;
    this.read.set(file, [...this.read.get(file) ?? [], object]);
    this.changed.add(file);
  }

  /** Changes the input of Istio's installation, in each of its forms; the change gets the Helm values. */
  public editMesh(cluster: string, change: (values: any, document: any) => void): void {
    for (const file of ['istiod-values', 'istio-operator', 'sail-istio'].map((name) => `${cluster}/artifacts/${name}.yaml`)) {
      const [document] = this.documents(file);
      this.change(file, document, () => change(valuesOf(document), document));
    }
  }

  /** The rules that find something. */
  public findings(rules: readonly Rule[] = FED_RULES): string[] {
    const engine = new Engine();
    new Set([...Object.keys(this.files), ...this.changed]).forEach((file) => {
      if (/\.ya?ml$/.test(file)) {
        engine.add({ file, text: this.changed.has(file) ? this.documents(file).map((one) => stringify(one)).join('---\n') : this.files[file] });
      }
    });
    return [...new Set(engine.run(rules).findings.map(({ rule }) => rule))].sort();
  }

  /** What is for one cluster alone. */
  public only(cluster: string): Twin {
    const isOwn = (file: string) => file.startsWith(`${cluster}/`);
    const own = new Twin(Object.fromEntries(Object.entries(this.files).filter(([file]) => isOwn(file))));
    [...this.changed].filter(isOwn).forEach((file) => {
      own.read.set(file, this.documents(file));
      own.changed.add(file);
    });
    return own;
  }

  private objects(cluster: string): { file: string; object: any }[] {
    return Object.keys(this.files).filter((file) => file.startsWith(`${cluster}/`) && file.endsWith('.k8s.yaml'))
      .flatMap((file) => this.documents(file).map((object) => ({ file, object })));
  }

  private documents(file: string): any[] {
    const known = this.read.get(file) ?? parseAllDocuments(this.files[file]).map((document) => document.toJS());
    this.read.set(file, known);
    return known;
  }

  private change(file: string, object: any, change: (object: any) => void): void {
    const before = JSON.stringify(object);
    change(object);
    if (JSON.stringify(object) !== before) {
      this.changed.add(file);
    }
  }
}

/** meshConfig stands beside the values in an IstioOperator, and in them elsewhere. */
function valuesOf(document: any): any {
  if (document.kind === 'IstioOperator') {
    return { ...document.spec.values, meshConfig: document.spec.meshConfig };
  }
  return document.kind === 'Istio' ? document.spec.values : document;
}

