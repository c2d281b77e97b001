import { Construct } from 'constructs';
import { BookinfoVersion, defineService, defineVersion, versionName } from './service';
import { IMesh, MeshWorkload } from '../../constructs/istio';
import { Platform, Stage } from '../../delivery';

/**
 * The services of Bookinfo and the versions of each.
 */
const VERSIONS: Omit<BookinfoVersion, 'namespace'>[] = [
  { service: 'productpage', version: 'v1', user: 1000, readOnlyRootFilesystem: true, memory: '256Mi' },
  { service: 'details', version: 'v1', user: 1000, readOnlyRootFilesystem: true, memory: '128Mi' },
  { service: 'ratings', version: 'v1', user: 1000, readOnlyRootFilesystem: true, memory: '128Mi' },
  // Open Liberty writes its work area beside its own files
  ...['v1', 'v2', 'v3'].map((version) => ({
    service: 'reviews', version, user: 1001, readOnlyRootFilesystem: false, memory: '512Mi', env: { LOG_DIR: '/tmp/logs' },
  })),
];

/**
 * The workloads of Bookinfo, enrolled in the mesh.
 */
export interface BookinfoWorkloads {
  readonly productpage: MeshWorkload;
  readonly details: MeshWorkload;
  readonly ratings: MeshWorkload;
  readonly reviews: { readonly v1: MeshWorkload; readonly v2: MeshWorkload; readonly v3: MeshWorkload };
}

/**
 * Defines all services and versions of Bookinfo and takes them into the mesh.
 */
export function defineWorkloads(scope: Construct, mesh: IMesh, namespace: string): BookinfoWorkloads {
  const platform = Platform.of(scope);
  for (const service of new Set(VERSIONS.map((version) => version.service))) {
    defineService(platform.chart(Stage.APPS, service), service, namespace);
  }
  const workloads = new Map(VERSIONS.map((version) => {
    const chart = platform.chart(Stage.APPS, versionName(version));
    return [versionName(version), mesh.enroll(defineVersion(chart, { ...version, namespace }))];
  }));
  const get = (name: string) => workloads.get(name)!;
  return {
    productpage: get('productpage-v1'),
    details: get('details-v1'),
    ratings: get('ratings-v1'),
    reviews: { v1: get('reviews-v1'), v2: get('reviews-v2'), v3: get('reviews-v3') },
  };
}
