import { Construct } from 'constructs';
import { requireProps } from '../identity/require-props';

/**
 * What a file that is no Kubernetes object holds.
 */
export interface ArtifactProps {
  /**
   * The name of the file, such as `istio-operator.yaml`.
   */
  readonly fileName: string;

  /**
   * What the file is for, in a few words; the summary of the synthesis shows it.
   */
  readonly purpose: string;

  /**
   * The text of the file.
   *
   * Throws when its content renders something else than text.
   */
  readonly content: IArtifactContent;
}

/**
 * Makes the text of an artifact, when the whole system is known.
 */
export interface IArtifactContent {
  /**
   * The text of the file.
   */
  render(): string;
}

/**
 * A file that no cluster takes: input for istioctl or Helm, commands for people.
 *
 * It is written to the folder `artifacts` beside the stages, where neither kubectl nor a GitOps controller looks.
 */
export class Artifact extends Construct {
  /**
   * Whether a construct is an artifact.
   *
   * @param construct any construct
   */
  public static isArtifact(construct: any): construct is Artifact {
    return construct !== null && typeof construct === 'object' && ARTIFACT in construct;
  }

  /**
   * The name of the file.
   */
  public readonly fileName: string;

  /**
   * What the file is for.
   */
  public readonly purpose: string;

  private readonly content: IArtifactContent;

  public constructor(scope: Construct, id: string, props: ArtifactProps) {
    super(scope, id);
    requireProps(`Artifact '${id}'`, props, { fileName: 'text', purpose: 'text', content: 'IArtifactContent' });
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(props.fileName)) {
      throw new Error(`artifact file name '${props.fileName}' is no file name: use letters, digits, '.', '-' and '_', without a path`);
    }
    this.fileName = props.fileName;
    this.purpose = props.purpose;
    this.content = props.content;
    Object.defineProperty(this, ARTIFACT, { value: true });
  }

  /**
   * The text of the file.
   */
  public render(): string {
    const text = this.content.render();
    requireProps(`artifact '${this.fileName}'`, { text }, { text: 'text' });
    return text;
  }
}

const ARTIFACT = Symbol.for('cdk8s-spiffe.Artifact');
