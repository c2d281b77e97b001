import { pathsOf } from '../../../formats/go-template';
import { Manifest } from '../../../model/manifest';
import { TemplateField, clusterSpiffeIds, sampleOf, templatesOf, trustDomains } from '../../../model/spire/entries';
import { spiffeIdError, trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const spireIdTemplate: Rule = {
  id: 'SPIRE-ID-TEMPLATE',
  level: Level.ERROR,
  title: 'a template of a ClusterSPIFFEID gives no valid ID or selector',
  why: 'the webhook refuses it, or every pod counts as podEntryRenderFailures and has no identity',
  fix: 'correct the template',
  source: 'spire-controller-manager api/v1alpha1/clusterspiffeid_webhook.go; observed runs',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const fields = templatesOf(id);
      if (typeof id.spec.spiffeIDTemplate !== 'string' || id.spec.spiffeIDTemplate === '') report.at(id, ['spec', 'spiffeIDTemplate'], 'spiffeIDTemplate is required');
      for (const field of fields) {
        const problem = field.error !== undefined ? `the template does not parse: ${field.error}` : unknownField(field) ?? (field.path[1] === 'spiffeIDTemplate' ? idProblem(field, trustDomains(system)) : undefined);
        if (problem !== undefined) report.at(id, field.path, problem);
      }
      selectorProblems(id, fields).forEach(field => report.at(id, field.path, `"${field.text}" has no type and value divided by a colon`));
    }
  },
};

const ROOTS = ['TrustDomain', 'ClusterName', 'ClusterDomain', 'PodMeta', 'PodSpec', 'NodeMeta', 'NodeSpec'];

function unknownField({ template }: TemplateField): string | undefined {
  if (!template?.straight) return undefined;
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

function idProblem({ template, text }: TemplateField, own: string[]): string | undefined {
  const sample = template && sampleOf(template);
  if (sample === undefined) return undefined;
  const reason = spiffeIdError(sample);
  if (reason !== undefined) return `the ID "${text}" is not valid: ${reason}`;
  if (/^spiffe:\/\/[^/]+\/spire(\/|$)/.test(sample)) return 'the path /spire is reserved';
  const literal = /^spiffe:\/\/([^/{]+)(\/|$)/.exec(text);
  if (literal && own.length > 0 && !own.includes(trustDomainName(literal[1]))) return `the ID is in the trust domain "${literal[1]}", the server has "${own[0]}"`;
  return undefined;
}

function selectorProblems(_id: Manifest, fields: TemplateField[]): TemplateField[] {
  return fields.filter(field => field.path[1] === 'workloadSelectorTemplates' && field.error === undefined && !/^[^:{]+:./.test(field.text)
    && (!field.text.startsWith('{{') || lacksColon(field)));
}

/** Whether a template of names alone gives a text without a colon: only annotations can have one. */
function lacksColon({ template }: TemplateField): boolean {
  if (!template?.straight || pathsOf(template).some(names => names.includes('Annotations'))) return false;
  return sampleOf(template)?.includes(':') === false;
}
