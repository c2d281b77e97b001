import { MeshWorkload } from '../istio/mesh-workload';

/**
 * Who may read the metrics of a workload.
 *
 * The proxy answers on its own port with those of the proxy and, where the annotations of Prometheus tell it where they are, of the workload. That port is
 * outside of the mesh: no policy of the mesh holds there, and the reader needs no identity.
 */
export interface MetricsAccess {
  /**
   * The workload whose metrics are read.
   */
  readonly workload: MeshWorkload;

  /**
   * The namespace of the reader, such as that of Prometheus.
   */
  readonly readerNamespace: string;

  /**
   * The labels of the reader's pods.
   *
   * @default - all pods of the namespace
   */
  readonly readerLabels?: { [key: string]: string };
}
