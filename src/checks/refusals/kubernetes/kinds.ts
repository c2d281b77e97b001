import { ADMISSION_BINDING, ADMISSION_POLICY, WEBHOOKS } from './admission';
import { CONFIG_MAP, SECRET } from './data';
import { below } from './forms';
import { INGRESS } from './ingress';
import { NETWORK_POLICY } from './network-policy';
import { POD } from './pod';
import { LIMIT_RANGE, PRIORITY_CLASS, RESOURCE_QUOTA } from './quotas';
import { BINDING, CLUSTER_ROLE, ROLE } from './rbac';
import { AUTOSCALER, DISRUPTION_BUDGET } from './scaling';
import { SERVICE } from './service';
import { CLAIM, CSI_DRIVER, PERSISTENT_VOLUME, STORAGE_CLASS } from './storage';
import { CRON_JOB, DAEMON_SET, DEPLOYMENT, JOB, REPLICA_SET, STATEFUL_SET } from './workloads';
import { Judges } from '../places';

const spec = (judges: Judges): Judges => below('spec', judges);

/** What the API server has against objects, by their version and kind. */
export const KINDS: Readonly<Record<string, Judges>> = {
  'v1/Pod': spec(POD),
  'v1/Service': spec(SERVICE),
  'v1/ConfigMap': CONFIG_MAP,
  'v1/Secret': SECRET,
  'v1/PersistentVolumeClaim': spec(CLAIM),
  'v1/PersistentVolume': spec(PERSISTENT_VOLUME),
  'v1/ResourceQuota': spec(RESOURCE_QUOTA),
  'v1/LimitRange': spec(LIMIT_RANGE),
  'apps/v1/Deployment': spec(DEPLOYMENT),
  'apps/v1/ReplicaSet': spec(REPLICA_SET),
  'apps/v1/StatefulSet': spec(STATEFUL_SET),
  'apps/v1/DaemonSet': spec(DAEMON_SET),
  'batch/v1/Job': spec(JOB),
  'batch/v1/CronJob': spec(CRON_JOB),
  'rbac.authorization.k8s.io/v1/Role': ROLE,
  'rbac.authorization.k8s.io/v1/ClusterRole': CLUSTER_ROLE,
  'rbac.authorization.k8s.io/v1/RoleBinding': BINDING,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': BINDING,
  'networking.k8s.io/v1/NetworkPolicy': spec(NETWORK_POLICY),
  'networking.k8s.io/v1/Ingress': spec(INGRESS),
  'policy/v1/PodDisruptionBudget': spec(DISRUPTION_BUDGET),
  'autoscaling/v2/HorizontalPodAutoscaler': spec(AUTOSCALER),
  'storage.k8s.io/v1/CSIDriver': spec(CSI_DRIVER),
  'storage.k8s.io/v1/StorageClass': STORAGE_CLASS,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': spec(ADMISSION_POLICY),
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': spec(ADMISSION_BINDING),
  'scheduling.k8s.io/v1/PriorityClass': PRIORITY_CLASS,
};
