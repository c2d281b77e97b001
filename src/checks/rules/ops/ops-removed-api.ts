import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsRemovedApi: Rule = {
  id: 'OPS-REMOVED-API',
  level: Level.ERROR,
  title: 'an object is of an API version that is served no more',
  why: 'the API server does not know the kind: the object is never made',
  fix: 'use the version that took its place',
  source: 'Kubernetes deprecated API migration guide; cert-manager 1.6',
  check: (system, report) => {
    for (const manifest of system.manifests) {
      const now = REMOVED.get(`${manifest.apiVersion}/${manifest.kind}`) ?? REMOVED.get(manifest.apiVersion);
      if (now !== undefined) report.at(manifest, ['apiVersion'], `${manifest.apiVersion} ${manifest.kind} is served no more: use ${now}`);
    }
  },
};

const REMOVED: ReadonlyMap<string, string> = new Map(Object.entries({
  'batch/v1beta1/CronJob': 'batch/v1',
  'policy/v1beta1/PodDisruptionBudget': 'policy/v1',
  'policy/v1beta1/PodSecurityPolicy': 'the namespace label pod-security.kubernetes.io/enforce',
  'autoscaling/v2beta1/HorizontalPodAutoscaler': 'autoscaling/v2',
  'autoscaling/v2beta2/HorizontalPodAutoscaler': 'autoscaling/v2',
  'networking.k8s.io/v1beta1/Ingress': 'networking.k8s.io/v1',
  'extensions/v1beta1': 'apps/v1 or networking.k8s.io/v1',
  'apps/v1beta1': 'apps/v1',
  'apps/v1beta2': 'apps/v1',
  'rbac.authorization.k8s.io/v1beta1': 'rbac.authorization.k8s.io/v1',
  'admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration': 'admissionregistration.k8s.io/v1',
  'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration': 'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1beta1': 'apiextensions.k8s.io/v1',
  'storage.k8s.io/v1beta1/CSIDriver': 'storage.k8s.io/v1',
  'cert-manager.io/v1alpha2': 'cert-manager.io/v1',
  'cert-manager.io/v1alpha3': 'cert-manager.io/v1',
  'cert-manager.io/v1beta1': 'cert-manager.io/v1',
}));
