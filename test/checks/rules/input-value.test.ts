import { findingsOf } from '../cases';

const object = (apiVersion: string, kind: string, fields: string, metadata = 'name: a, namespace: shop'): string => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {${metadata}}\n${fields}\n`;
const told = (text: string): string[] => findingsOf('INPUT-VALUE', text).map(({ message }) => message);

const service = (spec: string): string => object('v1', 'Service', `spec: {${spec}}`);
const pod = (spec: string, apiVersion = 'v1', kind = 'Pod'): string => object(apiVersion, kind, `spec: {${spec}}`);
const container = (fields: string): string => pod(`containers: [{name: a, image: "a:1", ${fields}}]`);
const volume = (source: string): string => pod(`containers: [{name: a, image: "a:1"}], volumes: [{name: v, ${source}}]`);
const pods = 'selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: "a:1"}]}}';
const deployment = (spec: string): string => object('apps/v1', 'Deployment', `spec: {${spec}, ${pods}}`);
const cronJob = (spec: string, policy = 'restartPolicy: Never, '): string => object('batch/v1', 'CronJob', `spec: {${spec}, jobTemplate: {spec: {template: {spec: {${policy}containers: [{name: a, image: "a:1"}]}}}}}`);
const webhook = (fields: string): string => object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', `webhooks: [{name: a.example.org, admissionReviewVersions: [v1], sideEffects: None, ${fields}}]`, 'name: a');
const rule = (kind: string, fields: string): string => object('rbac.authorization.k8s.io/v1', kind, `rules: [{${fields}}]`);
const metric = (target: string): string => object('autoscaling/v2', 'HorizontalPodAutoscaler', `spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu, target: ${target}}}]}`);
const peer = (from: string, more = ''): string => object('networking.k8s.io/v1', 'NetworkPolicy', `spec: {podSelector: {}, ingress: [{from: [${from}]${more}}]}`);
const ingress = (path: string): string => object('networking.k8s.io/v1', 'Ingress', `spec: {rules: [{host: a.example.org, http: {paths: [{${path}, backend: {service: {name: a, port: {number: 80}}}}]}}]}`);

describe('names and labels', () => {
  test.each([
    ['a name with capitals', object('v1', 'ConfigMap', '', 'name: Settings'), 'name is "Settings": small letters'],
    ['a name with an underscore', object('spire.spiffe.io/v1alpha1', 'ClusterSPIFFEID', '', 'name: my_id'), 'name is "my_id"'],
    ['a namespace with a dot', object('v1', 'Namespace', '', 'name: a.b'), 'name is "a.b"'],
    ['a name that is too long for a CronJob', cronJob('schedule: "@daily"').replace('name: a,', `name: ${'a'.repeat(53)},`), '52 characters at most'],
    ['a value of a label of 64 characters', object('v1', 'ServiceAccount', '', `name: a, labels: {app: ${'a'.repeat(64)}}`), 'app is "aaaa'],
    ['a key of a label with two slashes', object('networking.istio.io/v1', 'Gateway', 'spec: {}', 'name: a, labels: {a/b/c: d}'), 'a/b/c is no key'],
    ['a mapping in an annotation', object('v1', 'ServiceAccount', '', 'name: a, annotations: {proxy.istio.io/config: {concurrency: 2}}'), 'proxy.istio.io/config is a mapping: text is wanted, such as behind a |'],
    ['a key of an annotation with a space', object('v1', 'ServiceAccount', '', 'name: a, annotations: {"a b": c}'), 'a b is no key'],
  ])('fails %s', (_, text, message) => expect(told(text)).toEqual([expect.stringContaining(message)]));

  test.each([
    ['roles, whose names have colons', object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: []', 'name: "system:Reader"')],
    ['variables and stand-ins', ['$NAME', '${NAME}-a', '"{{ .Name }}"', 'my-CLUSTER_NAME', 'RELEASE-NAME-spire', '<name>', '__NAME__', 'a.<your-domain>', '_', '"#{Name}#"'].map(name => object('v1', 'ConfigMap', '', `name: ${name}`)).join('---\n')],
    ['files for programs on a desk', object('install.istio.io/v1alpha1', 'IstioOperator', '', 'name: My_Install')],
    ['kinds that nobody knows', object('example.org/v1', 'Plugin', '', 'name: myPlugin')],
    ['names that come later', object('v1', 'ConfigMap', '', 'generateName: a-')],
  ])('takes %s', (_, text) => expect(told(text)).toEqual([]));
});

test.each([
  ['a port out of range', container('ports: [{containerPort: 70000}]'), 'containerPort is 70000: 1 to 65535 is wanted'],
  ['a name of a port that is too long', container('ports: [{name: a-name-that-is-too-long, containerPort: 80}]'), '15 characters at most'],
  ['a protocol in small letters', container('ports: [{protocol: tcp, containerPort: 80}]'), 'protocol is "tcp": one of TCP, UDP, SCTP is wanted'],
  ['two ways to ask', container('livenessProbe: {exec: {command: [a]}, httpGet: {port: 80}}'), 'httpGet may not stand beside exec'],
  ['no way to ask', container('readinessProbe: {periodSeconds: 3}'), 'readinessProbe has none of exec, httpGet'],
  ['two answers before a container lives', container('livenessProbe: {successThreshold: 2, exec: {command: [a]}}'), 'successThreshold is 2: 1 is wanted'],
  ['a probe of a container that ends', pod('initContainers: [{name: b, image: "a:1", readinessProbe: {exec: {command: [a]}}}], containers: [{name: a, image: "a:1"}]'), 'is not taken in an init container that ends'],
  ['a variable with two values', container('env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]'), 'valueFrom may not stand beside value'],
  ['a field that no variable has', container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.hostIp}}}]'), 'fieldPath is "status.hostIp": one of metadata.name'],
  ['an amount in a unit that is none', container('resources: {requests: {memory: 64MB}}'), 'memory is "64MB": a quantity such as'],
  ['a resource that is none', container('resources: {limits: {mem: 64Mi}}'), 'mem is no key that is taken here: cpu, memory'],
  ['a command that is no list', container('command: sleep 5'), 'command is "sleep 5": a list of texts is wanted'],
  ['privileges beside none', container('securityContext: {privileged: true, allowPrivilegeEscalation: false}'), 'allowPrivilegeEscalation is false beside privileged: true'],
  ['a mount in both directions', container('volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]'), 'which only a container with securityContext.privileged: true may have'],
  ['a profile without its name', container('securityContext: {seccompProfile: {type: Localhost}}'), 'seccompProfile has no localhostProfile'],
  ['a volume with two sources', volume('emptyDir: {}, configMap: {name: a}'), 'emptyDir may not stand beside configMap'],
  ['a type of hostPath that is none', volume('hostPath: {path: /run, type: Dir}'), 'type is "Dir": one of DirectoryOrCreate'],
  ['a step up in a path', volume('hostPath: {path: /run/../etc}'), 'path is "/run/../etc": a path without .. is wanted'],
  ['a mode that is not octal', volume('configMap: {name: a, defaultMode: 755}'), 'defaultMode is 755: 0 to 511 is wanted'],
  ['two sources that write one file', volume('projected: {sources: [{secret: {name: a, items: [{key: a, path: f}]}}, {configMap: {name: a, items: [{key: a, path: f}]}}]}'), 'sources[1] writes f, as another source does'],
  ['a number for a driver', volume('csi: {driver: csi.example.org, volumeAttributes: {a: true}}'), 'a is true: text is wanted'],
  ['a toleration of all with an operator', pod('containers: [{name: a, image: "a:1"}], tolerations: [{value: a}]'), 'tolerations[0] has no key: operator Exists is wanted'],
  ['a weight of 0', pod('containers: [{name: a, image: "a:1"}], affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 0, preference: {matchExpressions: [{key: a, operator: Exists}]}}]}}'), 'weight is 0: 1 to 100 is wanted'],
  ['another port of the node than its own', pod('hostNetwork: true, containers: [{name: a, image: "a:1", ports: [{containerPort: 80, hostPort: 81}]}]'), 'with hostNetwork they are one'],
  ['a restart policy in small letters', pod('restartPolicy: always, containers: [{name: a, image: "a:1"}]'), 'restartPolicy is "always": one of Always, OnFailure, Never is wanted'],
  ['pods of a Deployment that end', deployment('replicas: 1').replace('containers', 'restartPolicy: Never, containers'), 'restartPolicy is "Never": Always is wanted'],
  ['a rolling update beside Recreate', deployment('strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}'), 'rollingUpdate may not stand beside type Recreate'],
  ['an update that may do nothing', deployment('strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}'), 'no pod may be replaced'],
  ['a share above all', deployment('strategy: {rollingUpdate: {maxSurge: 101%}}'), 'maxSurge is "101%"'],
  ['less than no replica', deployment('replicas: -1'), 'replicas is -1: at least 0 is wanted'],
  ['a schedule of four fields', cronJob('schedule: "* * * *"'), 'schedule is "* * * *": it has 4 fields'],
  ['a time zone that is none', cronJob('schedule: "@daily", timeZone: Europe/Berlim'), 'timeZone is "Europe/Berlim"'],
  ['a job whose pods never end', cronJob('schedule: "@daily"', ''), 'spec has no restartPolicy: Never or OnFailure is wanted'],
  ['a number among the labels of a selector', object('policy/v1', 'PodDisruptionBudget', 'spec: {selector: {matchLabels: {version: 1}}}'), 'version is 1: text is wanted'],
  ['a budget of both kinds', object('policy/v1', 'PodDisruptionBudget', 'spec: {minAvailable: 1, maxUnavailable: 1, selector: {}}'), 'maxUnavailable may not stand beside minAvailable'],
  ['a condition without values', object('policy/v1', 'PodDisruptionBudget', 'spec: {selector: {matchExpressions: [{key: a, operator: In}]}}'), 'has no values, which operator In needs'],
  ['a type of Service that is none', service('type: Headless, ports: [{port: 80}]'), 'type is "Headless"'],
  ['a number for the address of a Service', service('clusterIP: none, ports: [{port: 80}]'), 'clusterIP is "none": None or an IP address is wanted'],
  ['a port of the node without its type', service('ports: [{port: 80, nodePort: 30080}]'), 'nodePort is not taken by type ClusterIP'],
  ['a balancer without address', service('type: LoadBalancer, clusterIP: None, ports: [{port: 80}]'), 'clusterIP is None, and type LoadBalancer'],
  ['two families of addresses for one', service('ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6], ports: [{port: 80}]'), 'ipFamilyPolicy is SingleStack, and ipFamilies are two'],
  ['a URL for a name', service('type: ExternalName, externalName: "https://a.example.org"'), 'externalName is "https://a.example.org"'],
  ['a Service without ports', service('selector: {app: a}'), 'spec has no ports'],
  ['a target in quotes', service('ports: [{port: 80, targetPort: "8080"}]'), 'targetPort is "8080"'],
  ['bytes that are none', object('v1', 'Secret', 'data: {password: hello world}'), 'password is no base64: text goes into stringData'],
  ['a key with a slash', object('v1', 'ConfigMap', 'data: {a/b: c}'), 'a/b is no key'],
  ['a mapping as a text', object('v1', 'ConfigMap', 'data: {config: {a: b}}'), 'config is a mapping: text is wanted, such as behind a |'],
  ['a certificate without key', object('v1', 'Secret', 'type: kubernetes.io/tls\nstringData: {tls.crt: a}'), 'type is kubernetes.io/tls, and there is no tls.key in data'],
  ['rights to nothing', rule('Role', 'apiGroups: [""], resources: [pods]'), 'rules[0] has no verbs'],
  ['rights to paths in a namespace', rule('Role', 'nonResourceURLs: [/metrics], verbs: [get]'), 'nonResourceURLs are not of a namespace'],
  ['rights to paths and resources', rule('ClusterRole', 'apiGroups: [""], resources: [pods], nonResourceURLs: [/metrics], verbs: [get]'), 'write two rules'],
  ['a subject of a kind that is none', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: [{kind: Serviceaccount, name: a, namespace: b}]'), 'kind is "Serviceaccount"'],
  ['a peer by address and label', peer('{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}'), 'podSelector may not stand beside ipBlock'],
  ['a peer that is nobody', peer('{}'), 'from[0] says nobody'],
  ['a range that is too narrow', peer('{ipBlock: {cidr: 10.0.0.0/33}}'), 'cidr is "10.0.0.0/33"'],
  ['a relative path', ingress('path: api, pathType: Prefix'), 'path is "api": an absolute path is wanted'],
  ['a type of path that is none', ingress('path: /, pathType: prefix'), 'pathType is "prefix"'],
  ['a host with a port', ingress('path: /, pathType: Prefix').replace('a.example.org', '"a.example.org:443"'), 'without scheme and port'],
  ['a target without number', metric('{type: Utilization}'), 'target has no averageUtilization, averageValue or value'],
  ['a driver for both ways, misspelt', object('storage.k8s.io/v1', 'CSIDriver', 'spec: {volumeLifecycleModes: [ephemeral]}', 'name: csi.example.org'), 'volumeLifecycleModes[0] is "ephemeral"'],
  ['a token that lives too short', object('storage.k8s.io/v1', 'CSIDriver', 'spec: {tokenRequests: [{audience: a, expirationSeconds: 60}]}', 'name: csi.example.org'), 'expirationSeconds is 60'],
  ['a claim without size', object('v1', 'PersistentVolumeClaim', 'spec: {accessModes: [ReadWriteOnce], resources: {}}'), 'resources has no requests.storage'],
  ['a mode of access that is none', object('v1', 'PersistentVolumeClaim', 'spec: {accessModes: [RWO], resources: {requests: {storage: 1Gi}}}'), 'accessModes[0] is "RWO"'],
  ['a webhook at two places', webhook('clientConfig: {url: "https://a.example.org", service: {name: a, namespace: b}}'), 'service may not stand beside url'],
  ['a webhook over plain text', webhook('clientConfig: {url: "http://a.example.org"}'), 'url is "http://a.example.org"'],
  ['a webhook with too much time', webhook('timeoutSeconds: 60, clientConfig: {url: "https://a.example.org"}'), 'timeoutSeconds is 60: 1 to 30 is wanted'],
  ['a policy with a reason that is none', object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'spec: {validations: [{expression: "true", reason: No}]}', 'name: a').replace('No}', '"Nope"}'), 'reason is "Nope"'],
  ['an expression that is none', object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'spec: {validations: [{expression: "object.spec.replicas <= 5 &&"}]}', 'name: a'), 'expression is no expression of CEL: it ends too early'],
  ['a binding that denies and warns', object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'spec: {policyName: a, validationActions: [Deny, Warn]}', 'name: a'), 'has Deny and Warn'],
  ['a limit below its default', object('v1', 'LimitRange', 'spec: {limits: [{type: Container, default: {cpu: 2}, max: {cpu: 1}}]}'), 'cpu is 1, less than default 2'],
  ['an amount of a quota', object('v1', 'ResourceQuota', 'spec: {hard: {limits.memory: 8GB}}'), 'limits.memory is "8GB"'],
  ['a class above those of the system', object('scheduling.k8s.io/v1', 'PriorityClass', 'value: 2000000000', 'name: a'), 'value is 2000000000'],
])('fails %s', (_, text, message) => {
  expect(told(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['modes in octal, as kubectl reads them', object('v1', 'Pod', 'spec:\n  containers: [{name: a, image: "a:1"}]\n  volumes:\n  - name: v\n    secret:\n      secretName: a\n      defaultMode: 0755')],
  ['a Service without ports that nothing needs', service('clusterIP: None, selector: {app: a}')],
  ['a target that is the port', service('ports: [{port: 80, targetPort: 0}]')],
  ['encrypted data', object('v1', 'Secret', 'data: {password: "ENC[AES256_GCM,data:aGVsbG8=,iv:a,tag:b,type:str]"}')],
  ['base64 in lines', object('v1', 'Secret', 'data:\n  password: |\n    aGVs\n    bG8=\n')],
  ['stand-ins for amounts and bytes', `${object('v1', 'Secret', 'data: {a: "...base64...", b: CA_BUNDLE, c: "ref+vault://a/b", d: "op://a/b/c"}')}---\n${object('v1', 'ResourceQuota', 'spec: {hard: {pods: MOST_PODS}}')}`],
  ['a Secret that somebody fills in', object('v1', 'Secret', 'type: kubernetes.io/tls')],
  ['nothing for a key', object('v1', 'ConfigMap', 'data: {a: , b: ""}')],
  ['variables of other programs', container('ports: [{containerPort: "${PORT}"}], resources: {requests: {cpu: "{{ .Cpu }}"}}')],
  ['what is unset', container('livenessProbe: {exec: {command: [a]}, httpGet: null}')],
  ['addresses with bits behind the prefix, which servers before 1.36 take', peer('{ipBlock: {cidr: 10.0.0.1/8}}')],
  ['regular expressions for a controller', ingress('path: "/a(/|$)(.*)", pathType: ImplementationSpecific')],
  ['what an expression may find missing', object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'spec: {validations: [{expression: "object.spec.?replicas.orValue(1) < params[?\'most\'].orValue(5)"}]}', 'name: a')],
  ['sidecars with probes', pod('initContainers: [{name: b, image: "a:1", restartPolicy: Always, readinessProbe: {exec: {command: [a]}}}], containers: [{name: a, image: "a:1"}]')],
  ['pods of an older version', object('policy/v1beta1', 'PodDisruptionBudget', 'spec: {minAvailable: 1, maxUnavailable: 1}')],
])('takes %s', (_, text) => {
  expect(told(text)).toEqual([]);
});

test('what the definition of a kind tells is not told twice', () => {
  expect(told(container('ports: [{containerPort: 1.5}]'))).toEqual([]);
  expect(findingsOf('INPUT-SCHEMA', container('ports: [{containerPort: 1.5}]'))).toHaveLength(1);
});

test('a patch is no whole object', () => {
  const patch = container('livenessProbe: {periodSeconds: 3}');
  expect(told(patch)).toHaveLength(1);
  expect(findingsOf('INPUT-VALUE', { 'patches/web.yaml': patch })).toEqual([]);
  const files = { 'more.yaml': patch, 'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: more.yaml}]\n' };
  expect(findingsOf('INPUT-VALUE', files)).toEqual([]);
});
