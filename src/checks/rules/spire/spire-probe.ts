import { Block } from '../../../formats/hcl/reader';
import { PlacedContainer, containersOf } from '../../../model/kubernetes/containers';
import { PROBES } from '../../../model/kubernetes/probes';
import { Container } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
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
      for (const kind of PROBES) {
        const probe = asObject(asObject(container.value[kind]).httpGet);
        if (probe.port === undefined) continue;
        const problem = problemOf(health, pathOf(probe), portOf(container, probe), workload.pod.hostNetwork === true);
        if (problem) report.at(workload.manifest, [...container.path, kind], problem);
      }
    }
    for (const provider of system.oidcProviders) checkProvider(report, provider);
    for (const registrar of containersOf(system, /(^|\/)csi-node-driver-registrar[:@]/)) checkRegistrar(report, registrar);
    for (const { manifest, path, message } of deadManagerProbes(system)) report.at(manifest, path, message, MANAGER_FIX);
  },
};

function problemOf(health: Block | undefined, path: string, port: string, isOnHost: boolean): string | undefined {
  if (!health?.bool('listener_enabled')) return 'health_checks has no listener_enabled = true';
  const own = health.text('bind_port') || '80';
  if (port !== own) return `the probe asks port ${port}, health_checks listens on ${own}`;
  const host = health.text('bind_address') || 'localhost';
  if ((host === 'localhost' || host.startsWith('127.')) && !isOnHost) return 'health_checks listens on localhost, which the kubelet does not reach';
  return pathProblem(health, path);
}

function pathProblem(health: Block | undefined, path: string): string | undefined {
  const paths = [health?.text('live_path') || '/live', health?.text('ready_path') || '/ready'];
  return paths.includes(path) ? undefined : `the probe asks ${path}, health_checks answers ${paths.join(' and ')}`;
}

/** The number of the port that a probe asks. */
function portOf(container: Container, probe: Json): string {
  return asText(asObjects(container.value.ports).find(port => port.name === probe.port)?.containerPort ?? probe.port);
}

function pathOf(probe: Json): string {
  return asText(probe.path) || '/';
}

const MANAGER_FIX = 'set health.healthProbeBindAddress to "0.0.0.0:8083" in the configuration of the controller manager, and let the probes ask /healthz and /readyz there';

/** The provider answers health checks on a port of its own, and keys where it listens. */
function checkProvider(report: Report, { container, workload, config }: Oidc): void {
  const health = config?.file.block('health_checks');
  const own = health ? asText(health.int('bind_port') ?? 8008) : undefined;
  const served = config && listenPort(config);
  const version = container && versionOf(container.image);
  // before 1.5.2 the port of health checks answers /keys, and nothing else
  if (version?.major === 1 && version.minor < 6) return;
  for (const kind of container && workload && config ? PROBES : []) {
    const probe = asObject(asObject(container!.value[kind]).httpGet);
    const asked = portOf(container!, probe);
    if (probe.port === undefined || !/^\d+$/.test(asked) || asked === String(served)) continue;
    const at = [...container!.path, kind];
    const path = pathProblem(health, pathOf(probe));
    if (own === undefined) report.at(workload!.manifest, at, `the probe asks port ${asked}, and there is no health_checks`, 'add health_checks { bind_port = "8008" } with the port of the probes');
    else if (asked !== own) report.at(workload!.manifest, at, `the probe asks port ${asked}, health_checks listens on ${own}`, 'make bind_port in health_checks the port of the probes');
    else if (path) report.at(workload!.manifest, at, path);
  }
}

/** The registrar beside a CSI driver answers one path, where it is told to. */
function checkRegistrar(report: Report, { workload, container }: PlacedContainer): void {
  const args = container.args.join(' ');
  const [, told] = /--?(?:health-port|http-endpoint)[ =]\S*?(\d+)(?: |$)/.exec(args) ?? [];
  for (const kind of PROBES) {
    const probe = asObject(asObject(container.value[kind]).httpGet);
    const asked = portOf(container, probe);
    if (probe.port === undefined || !/^\d+$/.test(asked) || args.includes('$')) continue;
    const at = [...container.path, kind];
    if (asked !== told) report.at(workload.manifest, at, `the probe asks port ${asked}, the registrar answers ${told === undefined ? 'at none' : `at ${told}`}`, 'make -health-port that of the probe');
    else if (probe.path !== '/healthz') report.at(workload.manifest, at, `the probe asks ${pathOf(probe)}, the registrar answers /healthz`, 'let the probe ask /healthz');
  }
}
