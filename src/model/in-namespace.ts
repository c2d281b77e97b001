import { Manifest, Path, asObject, asObjects } from './manifest';

/** An object that kustomize puts into a namespace; what is for the whole cluster stays so, and its subjects are put there. */
export class InNamespace extends Manifest {
  constructor(private readonly inner: Manifest, own: string, namespace: string) {
    super(inner.file, inner, {
      ...inner.value,
      metadata: own === '' ? inner.value.metadata : { ...inner.value.metadata, namespace: own },
      ...inner.value.subjects === undefined ? {} : { subjects: asObjects(inner.value.subjects).map(subject => withNamespace(subject, namespace)) },
    });
  }

  public get repeated(): Manifest['repeated'] {
    return this.inner.repeated;
  }

  public lineOf(path: Path): number {
    return this.inner.lineOf(path);
  }

  public lineOfText(path: Path): number {
    return this.inner.lineOfText(path);
  }
}

/** Service accounts of the same build go with it. */
function withNamespace(subject: ReturnType<typeof asObject>, namespace: string): ReturnType<typeof asObject> {
  return subject.kind === 'ServiceAccount' && subject.namespace === undefined ? { ...subject, namespace } : subject;
}
