import { found } from '../cases';

const OBJECT = (version: string, kind: string, fields: string, name = 'a', namespace = 'shop'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${fields}\n---\n`;
const WORKLOAD = (pod: string, spec = '', kind = 'Deployment', labels = 'app: web'): string =>
  OBJECT('apps/v1', kind, `spec: {${spec}selector: {matchLabels: {app: web}}, template: {metadata: {labels: {${labels}}}, spec: {${pod}}}}`, 'web');
const CONTAINER = (fields = '', name = 'web'): string => `{name: ${name}, image: "web:1"${fields === '' ? '' : `, ${fields}`}}`;
const POD = (fields = '', more = ''): string => `${more}containers: [${CONTAINER(fields)}]`;
const WEB = WORKLOAD(POD());
const SERVICE = (spec: string, name = 'web'): string => OBJECT('v1', 'Service', `spec: ${spec}`, name);
const BUDGET = (spec: string, name = 'web'): string => OBJECT('policy/v1', 'PodDisruptionBudget', `spec: {selector: {matchLabels: {app: web}}, ${spec}}`, name);
const SCALER = (target: string, most = 3): string => OBJECT('autoscaling/v2', 'HorizontalPodAutoscaler', `spec: {maxReplicas: ${most}, scaleTargetRef: ${target}}`);
const CONFIG = (name: string, data = '{a: b}'): string => OBJECT('v1', 'ConfigMap', `data: ${data}`, name);
const RBAC = (kind: string, fields: string, name = 'a', namespace = 'shop'): string => OBJECT('rbac.authorization.k8s.io/v1', kind, fields, name, namespace);
const QUOTA = (spec: string): string => OBJECT('v1', 'ResourceQuota', `spec: ${spec}`);
const NAMESPACE = (level: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: ${level}}}\n---\n`;
const LABEL = (label: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {${label}}}\n---\n`;
const NETWORK = (spec: string): string => OBJECT('networking.k8s.io/v1', 'NetworkPolicy', `spec: {podSelector: {}, ${spec}}`);
const SAFE = 'securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}';
const SAFE_POD = 'securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, ';
const CHART = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: flux}\nspec: {targetNamespace: shop}\n---\n';
const CLAIM = (modes: string): string => OBJECT('v1', 'PersistentVolumeClaim', `spec: {accessModes: [${modes}]}`, 'data');
const DISK = POD('', 'volumes: [{name: data, persistentVolumeClaim: {claimName: data}}], ');


test.each([
  ['OPS-SELECTOR', WORKLOAD(POD(), '', 'Deployment', 'app: wbe'), 'the selector wants app: web, the pods have app: wbe'],
  ['OPS-SELECTOR', OBJECT('apps/v1', 'StatefulSet', `spec: {template: {metadata: {labels: {app: web}}, spec: {${POD()}}}}`), 'there is no spec.selector'],
  ['OPS-SELECTOR', OBJECT('apps/v1', 'DaemonSet', `spec: {selector: {app: web}, template: {metadata: {labels: {app: web}}, spec: {${POD()}}}}`), 'neither matchLabels nor matchExpressions'],
  ['OPS-SELECTOR', SERVICE('{selector: {matchLabels: {app: web}}}'), 'and no matchLabels'],
  ['OPS-DUPLICATE-NAME', WORKLOAD(`initContainers: [${CONTAINER()}], ${POD()}`), 'container web is there already'],
  ['OPS-DUPLICATE-NAME', WORKLOAD(POD('', 'volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}], ')), 'volume a is there already'],
  ['OPS-DUPLICATE-NAME', WORKLOAD(POD('ports: [{name: http, containerPort: 1}, {name: http, containerPort: 2}]')), 'has a port http already'],
  ['OPS-DUPLICATE-NAME', WORKLOAD(POD('volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /a}]')), 'mounts something at /a already'],
  ['OPS-DUPLICATE-NAME', SERVICE('{ports: [{name: a, port: 80}, {name: a, port: 81}]}'), 'there is a port a already'],
  ['OPS-DUPLICATE-NAME', SERVICE('{ports: [{name: a, port: 80}, {name: b, port: 80, protocol: TCP}]}'), 'there is a port 80/TCP already'],
  ['OPS-DUPLICATE-NAME', SERVICE('{ports: [{name: a, port: 80}, {port: 81}]}'), 'port 81 has no name beside others'],
  ['OPS-PROBE-PORT', WORKLOAD(POD('ports: [{name: web, containerPort: 80}], livenessProbe: {tcpSocket: {port: http}}')), 'container web has no port http; it has web'],
  ['OPS-SELECTS-NOTHING', WEB + SERVICE('{selector: {app: shop}}'), 'no pod of namespace "shop" has app: shop; there is web'],
  ['OPS-SELECTS-NOTHING', WEB + BUDGET('maxUnavailable: 1').replace('{app: web}', '{app: shop}'), 'has app: shop'],
  ['OPS-SELECTS-NOTHING', WEB + OBJECT('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}}'), 'has what the selector wants'],
  ['OPS-PDB-BLOCKS', WEB + BUDGET('minAvailable: 1'), 'minAvailable is 1, and web has 1'],
  ['OPS-PDB-BLOCKS', WORKLOAD(POD(), 'replicas: 3, ') + BUDGET('minAvailable: 100%'), 'minAvailable is 100%, and web has 3'],
  ['OPS-PDB-BLOCKS', WORKLOAD(POD(), 'replicas: 3, ') + BUDGET('minAvailable: 67%'), 'minAvailable is 67%'],
  ['OPS-PDB-BLOCKS', WORKLOAD(POD(), 'replicas: 3, ') + BUDGET('maxUnavailable: 0'), 'no pod of web may be away'],
  ['OPS-PDB-BLOCKS', WORKLOAD(POD(), 'replicas: 3, ') + BUDGET('maxUnavailable: 1') + BUDGET('maxUnavailable: 1', 'more'), 'have the budget web, too'],
  ['OPS-HPA-TARGET', WEB + SCALER('{kind: StatefulSet, name: web}'), 'there is no StatefulSet web in namespace "shop"; there is Deployment web'],
  ['OPS-HPA-TARGET', SCALER('{kind: DaemonSet, name: spire-agent}'), 'a DaemonSet cannot be scaled'],
  ['OPS-REFERENCE-MISSING', OBJECT('v1', 'ServiceAccount', '', 'shop') + WORKLOAD(POD('', 'serviceAccountName: web, ')), 'there is no ServiceAccount web in namespace "shop"; there is shop'],
  ['OPS-REFERENCE-MISSING', OBJECT('v1', 'Secret', '', 'database') + WORKLOAD(POD('', 'volumes: [{name: a, secret: {secretName: databse}}], ')), 'no Secret databse in namespace "shop"; there is database'],
  ['OPS-REFERENCE-MISSING', OBJECT('v1', 'Secret', '', 'database') + WORKLOAD(POD('env: [{name: A, valueFrom: {secretKeyRef: {name: databases, key: a}}}]')), 'no Secret databases'],
  ['OPS-REFERENCE-MISSING', WORKLOAD(POD('', 'priorityClassName: system-node-crtical, ')), 'there is no PriorityClass system-node-crtical; there is system-node-critical'],
  ['OPS-REFERENCE-MISSING', SERVICE('{clusterIP: None, selector: {app: web}}', 'webs') + WORKLOAD(POD(), 'serviceName: web, ', 'StatefulSet'), 'no Service web in'],
  ['OPS-CONFIG-MISSING', CONFIG('settings') + WORKLOAD(POD('envFrom: [{configMapRef: {name: setting}}]')), 'there is no ConfigMap setting in namespace "shop"; there is settings'],
  ['OPS-CONFIG-MISSING', CONFIG('settings') + WORKLOAD(POD('env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: c}}}]')), 'has no key "c"; it has a'],
  ['OPS-CONFIG-MISSING', CONFIG('settings') + WORKLOAD(POD('', 'volumes: [{name: a, projected: {sources: [{configMap: {name: other}}]}}], ')), 'no ConfigMap other'],
  ['OPS-ROLE-MISSING', RBAC('Role', 'rules: []') + RBAC('RoleBinding', 'roleRef: {kind: Role, name: b}'), 'there is no Role b in namespace "shop"; there is a'],
  ['OPS-ROLE-MISSING', RBAC('Role', 'rules: []', 'b', 'other') + RBAC('RoleBinding', 'roleRef: {kind: Role, name: b}'), 'there is one in "other"'],
  ['OPS-ROLE-MISSING', RBAC('ClusterRole', 'rules: []', 'spire-server') + RBAC('ClusterRoleBinding', 'roleRef: {kind: ClusterRole, name: spire-sever}'), 'there is spire-server'],
  ['OPS-ROLE-BINDING', RBAC('ClusterRoleBinding', 'roleRef: {kind: Role, name: view}'), 'a ClusterRoleBinding binds a ClusterRole, not a Role'],
  ['OPS-ROLE-BINDING', RBAC('ClusterRoleBinding', 'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a}]'), 'ServiceAccount a has no namespace'],
  ['OPS-ROLE-BINDING', RBAC('RoleBinding', 'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a, apiGroup: rbac.authorization.k8s.io}]'), 'and is of none'],
  ['OPS-POD-SECURITY-LABEL', LABEL('pod-security.kubernetes.io/enfoce: restricted'), 'there is no label pod-security.kubernetes.io/enfoce'],
  ['OPS-POD-SECURITY-LABEL', LABEL('pod-security.kubernetes.io/warn: strict'), 'pod-security.kubernetes.io/warn is "strict"'],
  ['OPS-POD-SECURITY-LABEL', LABEL('pod-security.kubernetes.io/audit-version: "1.30"'), 'pod-security.kubernetes.io/audit-version is "1.30"'],
  ['OPS-POLICY-TYPES', NETWORK('policyTypes: [Ingress], egress: [{}]'), 'policyTypes are Ingress: the rules of egress are ignored'],
  ['OPS-POLICY-TYPES', NETWORK('policyTypes: [Egress], ingress: [{}], egress: [{}]'), 'policyTypes are Egress: the rules of ingress are ignored'],
  ['OPS-SELECTS-NOTHING', `${OBJECT('sailoperator.io/v1', 'Istio', 'spec: {namespace: istio-system}').replace(', namespace: shop', '')}${WEB}${SERVICE('{selector: {app: wbe}}')}`, 'app: wbe'],
  ['OPS-QUOTA', WEB + QUOTA('{hard: {cpu: 1, limits.memory: 1Gi, pods: 3}}'), 'container web has no requests.cpu, limits.memory, which ResourceQuota a counts'],
  ['OPS-SHARED-DISK', CLAIM('ReadWriteOnce') + WORKLOAD(DISK, 'replicas: 2, '), '2 pods mount PersistentVolumeClaim data, which is ReadWriteOnce'],
  ['OPS-SHARED-DISK', CLAIM('ReadWriteOncePod') + WORKLOAD(DISK) + SCALER('{kind: Deployment, name: web}'), '3 pods mount'],
  ['OPS-POD-SECURITY', NAMESPACE('baseline') + WORKLOAD(POD('securityContext: {capabilities: {add: [NET_ADMIN]}}')), 'container web adds the capability NET_ADMIN'],
  ['OPS-POD-SECURITY', NAMESPACE('baseline') + WORKLOAD(POD('', 'securityContext: {seccompProfile: {type: Unconfined}}, ')), 'seccompProfile Unconfined'],
  ['OPS-POD-SECURITY', NAMESPACE('restricted') + WORKLOAD(POD('', SAFE_POD)), 'needs allowPrivilegeEscalation: false'],
  ['OPS-POD-SECURITY', NAMESPACE('restricted') + WORKLOAD(POD(SAFE)), 'needs runAsNonRoot: true'],
  ['OPS-POD-SECURITY', NAMESPACE('restricted') + WORKLOAD(POD(SAFE, 'securityContext: {runAsNonRoot: true}, ')), 'needs seccompProfile.type: RuntimeDefault'],
  ['OPS-POD-SECURITY', NAMESPACE('restricted') + WORKLOAD(POD(SAFE.replace('ALL', 'NET_RAW'), SAFE_POD)), 'needs capabilities.drop: [ALL]'],
  ['OPS-POD-SECURITY', NAMESPACE('restricted') + WORKLOAD(POD(SAFE, `${SAFE_POD}volumes: [{name: a, nfs: {server: a, path: /}}], `)), 'volume a is of kind nfs'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['OPS-SELECTOR', 'more labels of pods', WORKLOAD(POD(), '', 'Deployment', 'app: web, version: v1')],
  ['OPS-SELECTOR', 'a patch', OBJECT('apps/v1', 'Deployment', 'spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, env: []}]}}}')],
  ['OPS-SELECTOR', 'a variable', WORKLOAD(POD(), '', 'Deployment', 'app: "${APP}"')],
  ['OPS-SELECTOR', 'a Rollout', OBJECT('argoproj.io/v1alpha1', 'Rollout', `spec: {template: {spec: {${POD()}}}}`)],
  ['OPS-DUPLICATE-NAME', 'one name in two containers', WORKLOAD(`containers: [${CONTAINER('ports: [{name: http, containerPort: 1}]')}, ${CONTAINER('ports: [{name: http, containerPort: 2}]', 'b')}]`)],
  ['OPS-DUPLICATE-NAME', 'one port for two protocols', SERVICE('{ports: [{name: dns, port: 53}, {name: dns-udp, port: 53, protocol: UDP}]}')],
  ['OPS-DUPLICATE-NAME', 'one port without name', SERVICE('{ports: [{port: 53}]}')],
  ['OPS-PROBE-PORT', 'ports by name and number', WORKLOAD(POD('ports: [{name: http, containerPort: 1}], startupProbe: {httpGet: {port: http}}, readinessProbe: {httpGet: {port: 8080}}, livenessProbe: {tcpSocket: {port: "8080"}}'))],
  ['OPS-SELECTS-NOTHING', 'the pods', WEB + SERVICE('{selector: {app: web}}')],
  ['OPS-SELECTS-NOTHING', 'a Service without selector', WEB + SERVICE('{clusterIP: None}')],
  ['OPS-SELECTS-NOTHING', 'a name of another cluster', WEB + SERVICE('{type: ExternalName, externalName: a.example.org, selector: {app: old}}')],
  ['OPS-SELECTS-NOTHING', 'a namespace whose pods are not seen', OBJECT('apps/v1', 'Deployment', 'spec: {}', 'a', 'other') + SERVICE('{selector: {app: shop}}')],
  ['OPS-SELECTS-NOTHING', 'pods of a chart', WEB + CHART + SERVICE('{selector: {app: shop}}')],
  ['OPS-SELECTS-NOTHING', 'pods of an operator', WEB + OBJECT('postgresql.cnpg.io/v1', 'Cluster', 'spec: {}') + SERVICE('{selector: {app: shop}}')],
  ['OPS-SELECTS-NOTHING', 'pods of an operator, in a namespace that is named elsewhere', WEB + OBJECT('monitoring.coreos.com/v1', 'Prometheus', 'spec: {}').replace('namespace: shop', 'labels: {}')
    + SERVICE('{selector: {app: shop}}')],
  ['OPS-SELECTS-NOTHING', 'pods that come with the cluster', (WEB + SERVICE('{selector: {k8s-app: kube-dns}}')).replace(/namespace: shop/g, 'namespace: kube-system')],
  ['OPS-SELECTS-NOTHING', 'pods of a gateway that Istio makes', WEB + SERVICE('{selector: {gateway.networking.k8s.io/gateway-name: shop}}')],
  ['OPS-PDB-BLOCKS', 'one pod that may go', WEB + BUDGET('maxUnavailable: 1')],
  ['OPS-PDB-BLOCKS', 'a part that leaves one', WORKLOAD(POD(), 'replicas: 3, ') + BUDGET('minAvailable: 66%')],
  ['OPS-PDB-BLOCKS', 'an autoscaler', WEB + SCALER('{kind: Deployment, name: web}') + BUDGET('minAvailable: 1')],
  ['OPS-PDB-BLOCKS', 'pods on every node', WORKLOAD(POD(), '', 'DaemonSet') + BUDGET('minAvailable: 1')],
  ['OPS-HPA-TARGET', 'the Deployment', WEB + SCALER('{kind: Deployment, name: web}')],
  ['OPS-HPA-TARGET', 'another kind', WEB + SCALER('{kind: Rollout, name: shop}')],
  ['OPS-REFERENCE-MISSING', 'service accounts elsewhere', WORKLOAD(POD('', 'serviceAccountName: web, '))],
  ['OPS-REFERENCE-MISSING', 'the default account', OBJECT('v1', 'ServiceAccount', '', 'shop') + WORKLOAD(POD('', 'serviceAccountName: default, '))],
  ['OPS-REFERENCE-MISSING', 'another Secret', OBJECT('v1', 'Secret', '', 'database') + WORKLOAD(POD('', 'volumes: [{name: a, secret: {secretName: tls}}], '))],
  ['OPS-REFERENCE-MISSING', 'a Secret that need not be', OBJECT('v1', 'Secret', '', 'database') + WORKLOAD(POD('envFrom: [{secretRef: {name: databse, optional: true}}]'))],
  ['OPS-REFERENCE-MISSING', 'a priority class of the cluster', WORKLOAD(POD('', 'priorityClassName: high, '))],
  ['OPS-CONFIG-MISSING', 'what Istio and SPIRE publish', CONFIG('settings') + WORKLOAD(POD('', 'volumes: [{name: a, configMap: {name: istio-ca-root-cert}}, {name: b, configMap: {name: spire-bundle}}], '))],
  ['OPS-CONFIG-MISSING', 'one that need not be', CONFIG('settings') + WORKLOAD(POD('envFrom: [{configMapRef: {name: other, optional: true}}]'))],
  ['OPS-CONFIG-MISSING', 'ConfigMaps of a chart', CHART + CONFIG('settings') + WORKLOAD(POD('envFrom: [{configMapRef: {name: other}}]'))],
  ['OPS-ROLE-MISSING', 'roles of Kubernetes', RBAC('ClusterRole', 'rules: []', 'edi') + RBAC('Role', 'rules: []') + RBAC('RoleBinding', 'roleRef: {kind: ClusterRole, name: edit}')
    + RBAC('RoleBinding', 'roleRef: {kind: Role, name: extension-apiserver-authentication-reader}')],
  ['OPS-ROLE-MISSING', 'ClusterRoles of others', RBAC('ClusterRole', 'rules: []') + RBAC('ClusterRoleBinding', 'roleRef: {kind: ClusterRole, name: prometheus}')],
  ['OPS-ROLE-BINDING', 'accounts and users', RBAC('ClusterRoleBinding', 'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a, namespace: b}, {kind: User, name: c, apiGroup: rbac.authorization.k8s.io}]')],
  ['OPS-ROLE-BINDING', 'an account of the own namespace', RBAC('RoleBinding', 'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a}]')],
  ['OPS-POD-SECURITY-LABEL', 'levels and versions', LABEL('pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.34, pod-security.kubernetes.io/warn-version: latest')],
  ['OPS-POD-SECURITY-LABEL', 'a level that is filled in', LABEL('pod-security.kubernetes.io/enforce: "${LEVEL}"')],
  ['OPS-POLICY-TYPES', 'no policyTypes', NETWORK('egress: [{}]')],
  ['OPS-POLICY-TYPES', 'a direction that is closed', NETWORK('policyTypes: [Ingress, Egress], ingress: [{}]')],
  ['OPS-POLICY-TYPES', 'a list without rules', NETWORK('policyTypes: [Ingress], egress: []')],
  ['OPS-SELECTS-NOTHING', 'pods of what the Sail operator installs', `${OBJECT('sailoperator.io/v1', 'Istio', 'spec: {namespace: shop}').replace(', namespace: shop', '')}${WEB}${SERVICE('{selector: {app: istiod}}')}`],
  ['OPS-QUOTA', 'limits, which are requests, too', WORKLOAD(POD('resources: {limits: {cpu: 1, memory: 1Gi}}')) + QUOTA('{hard: {requests.cpu: 1, limits.memory: 1Gi}}')],
  ['OPS-QUOTA', 'defaults', WEB + QUOTA('{hard: {limits.cpu: 1}}') + OBJECT('v1', 'LimitRange', 'spec: {}')],
  ['OPS-QUOTA', 'counts of objects', WEB + QUOTA('{hard: {pods: 3, persistentvolumeclaims: 1}}')],
  ['OPS-QUOTA', 'a scope', WEB + QUOTA('{scopes: [BestEffort], hard: {limits.cpu: 1}}')],
  ['OPS-SHARED-DISK', 'one pod', CLAIM('ReadWriteOnce') + WORKLOAD(DISK)],
  ['OPS-SHARED-DISK', 'a disk for many', CLAIM('ReadWriteMany') + WORKLOAD(DISK, 'replicas: 2, ')],
  ['OPS-POD-SECURITY', 'a restricted pod', NAMESPACE('restricted') + WORKLOAD(POD(SAFE, SAFE_POD))],
  ['OPS-POD-SECURITY', 'a plain pod', NAMESPACE('baseline') + WEB],
])('%s may have %s', (rule, _, text) => {
  expect(found(rule, text)).toEqual([]);
});
