import { isStatic, managerContainers, managerWorkloads, managersOf } from './managers';
import { PROBES } from '../kubernetes/probes';
import { Path, asObject, asObjects, asText } from '../manifest';
import { System } from '../system';

/** A probe of a controller manager that finds no answer. */
export interface DeadProbe {
  readonly manifest: System['manifests'][number];
  readonly path: Path;
  readonly message: string;
}

/** The probes of controller managers that ask where these do not answer. */
export function deadManagerProbes(system: System): DeadProbe[] {
  return managerWorkloads(system).flatMap(workload => {
    const [configs, containers] = [managersOf(system, workload), managerContainers(workload)];
    if (configs.length !== 1 || containers.length !== 1 || isStatic(configs[0])) return [];
    const [{ value, path }] = containers;
    const health = asObject(configs[0].value.health);
    const address = asText(health.healthProbeBindAddress);
    const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
    if (address.includes('$') || port === undefined && !['', '0'].includes(address)) return [];
    const answered = [asText(health.livenessEndpointName) || '/healthz', asText(health.readinessEndpointName) || '/readyz'];
    return PROBES.flatMap(kind => {
      const { path: asked, port: given } = asObject(asObject(value[kind]).httpGet);
      if (given === undefined) return [];
      const number = asText(asObjects(value.ports).find(one => one.name === given)?.containerPort ?? given);
      const message = !/^\d+$/.test(number) ? undefined
        : port === undefined ? `the probe asks port ${number}, and the controller manager has no health.healthProbeBindAddress`
          : number !== port ? `the probe asks port ${number}, the controller manager answers at ${address}`
            : /^(localhost|127\.)/.test(host) && workload.pod.hostNetwork !== true ? `the controller manager answers at ${address}, which the kubelet does not reach`
              : answered.some(one => asText(asked) === one || asText(asked).startsWith(`${one}/`)) ? undefined
                : `the probe asks ${asText(asked) || '/'}, the controller manager answers ${answered.join(' and ')}`;
      return message === undefined ? [] : [{ manifest: workload.manifest, path: [...path, kind], message }];
    });
  });
}
