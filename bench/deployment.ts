import { ApiObjectProps } from 'cdk8s';

/**
 * A Deployment of about 115 lines, with the kinds of values that manifests have.
 */
export function deployment(index: number): ApiObjectProps {
  const name = `app-${index}`;
  const container = (id: string) => ({
    name: id,
    image: `registry.example.org/team-${index % 17}/${id}:v1.${index}`,
    args: ['--port=8080', '--level', 'info', '-v'],
    env: [
      { name: 'MODE', value: 'production' },
      { name: 'ADDRESS', value: `10.0.${index % 250}.1:8080` },
      { name: 'URL', value: 'https://api.example.org/v1?x=1' },
    ],
    ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true },
    volumeMounts: [{ mountPath: '/run/spire/agent-sockets', name: 'spire', readOnly: true }, { mountPath: '/etc/config', name: 'config' }],
  });
  const props = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: `team-${index % 17}`,
      labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'bench' },
      annotations: { 'example.org/owner': 'platform@example.org', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          containers: [container('app'), container('sidecar')],
          volumes: [{ name: 'spire', csi: { driver: 'csi.spiffe.io', readOnly: true } }, { name: 'config', configMap: { name } }],
        },
      },
    },
  };
  return props;
}
