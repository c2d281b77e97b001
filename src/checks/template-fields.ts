import { isSlip } from './schemas/slip';
import { Template, pathsOf } from '../formats/go-template';

const ROOTS = ['TrustDomain', 'ClusterName', 'ClusterDomain', 'PodMeta', 'PodSpec', 'NodeMeta', 'NodeSpec'];

/** What a template of an identity reads that its data do not have. */
export function unknownField(template: Template): string | undefined {
  if (!template.straight) return undefined;
  const unknown = pathsOf(template).find(names => names.length > 0 && !ROOTS.includes(names[0]));
  if (unknown) return `.${unknown.join('.')} does not exist: the data are .${ROOTS.join(', .')}`;
  const [wrong] = pathsOf(template).flatMap(([root, name]) => misspelt(root, name) ?? []);
  return wrong;
}

/** A field of a pod or node that Go does not have; of a name that is like none of those known a later Kubernetes may know. */
function misspelt(root: string, name = ''): string | undefined {
  const fields = root === 'PodSpec' ? POD_SPEC : ['PodMeta', 'NodeMeta'].includes(root) ? META : [];
  if (name === '' || fields.length === 0 || fields.includes(name) || name.startsWith('Get')) return undefined;
  const other = fields === META ? 'PodSpec' : 'PodMeta';
  if (root.startsWith('Pod') && (fields === META ? POD_SPEC : META).includes(name)) return `.${root}.${name} does not exist: .${other}.${name} does`;
  const meant = fields.find(field => isSlip(name, field)) ?? fields.find(field => name.length > 5 && field.startsWith(name));
  return meant || /^[a-z]/.test(name) ? `.${root}.${name} does not exist${meant ? `: .${root}.${meant} does` : ': fields begin with a capital'}` : undefined;
}

const META = ['Name', 'GenerateName', 'Namespace', 'SelfLink', 'UID', 'ResourceVersion', 'Generation', 'CreationTimestamp', 'DeletionTimestamp',
  'DeletionGracePeriodSeconds', 'Labels', 'Annotations', 'OwnerReferences', 'Finalizers', 'ManagedFields'];
const POD_SPEC = ['ServiceAccountName', 'DeprecatedServiceAccount', 'NodeName', 'NodeSelector', 'Hostname', 'Subdomain', 'HostNetwork', 'HostPID', 'HostIPC', 'HostUsers',
  'PriorityClassName', 'Priority', 'RuntimeClassName', 'SchedulerName', 'RestartPolicy', 'DNSPolicy', 'Containers', 'InitContainers', 'EphemeralContainers', 'Volumes',
  'ImagePullSecrets', 'Affinity', 'Tolerations', 'HostAliases', 'SecurityContext', 'ShareProcessNamespace', 'AutomountServiceAccountToken', 'ReadinessGates',
  'TerminationGracePeriodSeconds', 'ActiveDeadlineSeconds', 'SetHostnameAsFQDN', 'OS', 'Overhead', 'PreemptionPolicy', 'EnableServiceLinks', 'Resources'];
