import { PlacedContainer, containersOf } from '../../../model/kubernetes/containers';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Oidc } from '../../../model/spire/discovery';
import { versionOf } from '../../../model/spire/images';
import { deadManagerProbes } from '../../../model/spire/manager-probes';
import { listenPort } from '../../../model/spire/oidc';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireProbe: Rule = {
  id: 'SPIRE-PROBE',
  level: Level.ERROR,
  title: 'a probe asks where SPIRE does not answer',
  why: 'the pod never becomes ready, or is killed again and again',
  fix: 'set health_checks { listener_enabled = true bind_address = "0.0.0.0" } with the port and paths of the probes',
  source: 'pkg/common/health',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      const { container, workload } = program;
      if (!container || !workload || !program.config) continue;
      const health = program.config.file.block('health_checks');
      for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        const probe = asObject(asObject(container.value[kind]).httpGet);
        if (probe.port === undefined) continue;
        const named = asObjects(container.value.ports).find(port => port.name === probe.port)?.containerPort ?? probe.port;
        const path = [...container.path, kind];
        const host = health?.text('bind_address') || 'localhost';
        const local = host === 'localhost' || host.startsWith('127.');
        const paths = [health?.text('live_path') || '/live', health?.text('ready_path') || '/ready'];
        if (!health?.bool('listener_enabled')) report.at(workload.manifest, path, 'health_checks has no listener_enabled = true');
        else if (asText(named) !== (health.text('bind_port') || '80')) report.at(workload.manifest, path, `the probe asks port ${asText(named)}, health_checks listens on ${health.text('bind_port') || '80'}`);
        else if (local && workload.pod.hostNetwork !== true) report.at(workload.manifest, path, 'health_checks listens on localhost, which the kubelet does not reach');
        else if (!paths.includes(asText(probe.path))) report.at(workload.manifest, path, `the probe asks ${asText(probe.path) || '/'}, health_checks answers ${paths.join(' and ')}`);
      }
    }
    for (const provider of system.oidcProviders) checkProvider(report, provider);
    for (const registrar of containersOf(system, /(^|\/)csi-node-driver-registrar[:@]/)) checkRegistrar(report, registrar);
    for (const { manifest, path, message } of deadManagerProbes(system)) report.at(manifest, path, message, MANAGER_FIX);
  },
};

const MANAGER_FIX = 'set health.healthProbeBindAddress to "0.0.0.0:8083" in the configuration of the controller manager, and let the probes ask /healthz and /readyz there';

/** The provider answers health checks on a port of its own, and keys where it listens. */
function checkProvider(report: Report, { container, workload, config }: Oidc): void {
  const health = config?.file.block('health_checks');
  const own = health ? asText(health.int('bind_port') ?? 8008) : undefined;
  const served = config && listenPort(config);
  const version = container && versionOf(container.image);
  // before 1.5.2 the port of health checks answers /keys, and nothing else
  if (version?.major === 1 && version.minor < 6) return;
  for (const kind of container && workload && config ? ['livenessProbe', 'readinessProbe', 'startupProbe'] : []) {
    const probe = asObject(asObject(container!.value[kind]).httpGet);
    if (probe.port === undefined) continue;
    const asked = asText(asObjects(container!.value.ports).find(port => port.name === probe.port)?.containerPort ?? probe.port);
    if (!/^\d+$/.test(asked) || asked === String(served)) continue;
    const at = [...container!.path, kind];
    const paths = [health?.text('live_path') || '/live', health?.text('ready_path') || '/ready'];
    if (own === undefined) report.at(workload!.manifest, at, `the probe asks port ${asked}, and there is no health_checks`, 'add health_checks { bind_port = "8008" } with the port of the probes');
    else if (asked !== own) report.at(workload!.manifest, at, `the probe asks port ${asked}, health_checks listens on ${own}`, 'make bind_port in health_checks the port of the probes');
    else if (!paths.includes(asText(probe.path))) report.at(workload!.manifest, at, `the probe asks ${asText(probe.path) || '/'}, health_checks answers ${paths.join(' and ')}`);
  }
}

/** The registrar beside a CSI driver answers one path, where it is told to. */
function checkRegistrar(report: Report, { workload, container }: PlacedContainer): void {
  const args = container.args.join(' ');
  const [, told] = /--?(?:health-port|http-endpoint)[ =]\S*?(\d+)(?: |$)/.exec(args) ?? [];
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = asObject(asObject(container.value[kind]).httpGet);
    const asked = asText(asObjects(container.value.ports).find(port => port.name === probe.port)?.containerPort ?? probe.port);
    if (probe.port === undefined || !/^\d+$/.test(asked) || args.includes('$')) continue;
    const at = [...container.path, kind];
    if (asked !== told) report.at(workload.manifest, at, `the probe asks port ${asked}, the registrar answers ${told === undefined ? 'at none' : `at ${told}`}`, 'make -health-port that of the probe');
    else if (probe.path !== '/healthz') report.at(workload.manifest, at, `the probe asks ${asText(probe.path) || '/'}, the registrar answers /healthz`, 'let the probe ask /healthz');
  }
}
