import { SpiffeId, TrustDomain } from '../../../identity';
import { requireProps } from '../../../identity/require-props';

/**
 * How the controller manager makes the SPIFFE ID of a pod: a Go template over the pod and its node.
 */
export class SpiffeIdTemplate {
  /**
   * The namespace and the service account, the one form that Istio understands.
   */
  public static readonly NAMESPACE_AND_SERVICE_ACCOUNT = new SpiffeIdTemplate(
    'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
  );

  /**
   * A template of your own, for workloads outside the mesh.
   *
   * Throws when it does not start with `/`, when a brace is not closed, or when it uses a label: a pod without the label would
   * get no identity.
   *
   * @param path the path with Go template expressions, such as `/region/eu/ns/{{ .PodMeta.Namespace }}`
   */
  public static path(path: string): SpiffeIdTemplate {
    requireProps('SpiffeIdTemplate.path', { path }, { path: 'text' });
    if (!path.startsWith('/')) {
      throw new Error(`path '${path}' of a SPIFFE ID template would be part of the trust domain: begin with '/', as in '/${path}'`);
    }
    return new SpiffeIdTemplate(`spiffe://{{ .TrustDomain }}${path}`);
  }

  /**
   * The Go template.
   */
  public readonly text: string;

  private constructor(text: string) {
    this.text = text;
    const sample = text.replaceAll(/\{\{\s*\.(TrustDomain|ClusterName|ClusterDomain|(Pod|Node)(Meta|Spec)\.[A-Za-z]+(\.[A-Za-z]+)*)\s*\}\}/g, 'sample');
    if (/\.Labels|\.Annotations/.test(text)) {
      throw new Error(`SPIFFE ID template '${text}' uses labels or annotations: a pod without them gets no identity, use its namespace or service account`);
    }
    if (/[{}]/.test(sample)) {
      throw new Error(`SPIFFE ID template '${text}' has an expression that is not known: use .TrustDomain, .ClusterName, .ClusterDomain, .PodMeta, .PodSpec, .NodeMeta or .NodeSpec with a field, in {{ }}`);
    }
    const id = SpiffeId.of(TrustDomain.of('sample'), ...sample.slice('spiffe://sample/'.length).split('/'));
    if (id.reserved) {
      throw new Error(`SPIFFE ID template '${text}' is below '/spire', which SPIRE keeps for itself: use another path`);
    }
  }
}
