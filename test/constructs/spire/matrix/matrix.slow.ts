
import { ALL_CASES } from './all-cases';
import { Case } from './cases';
import { expanded, section } from './read-back';
import { OutputChecks, Spire } from '../../../../src';
import { readAgentConfig } from '../../../../src/model/spire/agent';
import { Problems } from '../../../../src/model/spire/problems';
import { readServerConfig } from '../../../../src/model/spire/server';
import { strictErrors } from '../../../support/strict-schema';
import { CLUSTER, synthPlatform } from '../../../support/synth';

describe.each(ALL_CASES.map((each): [string, Case] => [each.name, each]))('%s', (_, each) => {
  const output = synthPlatform((platform) => new Spire(platform, 'spire', each.props), CLUSTER, OutputChecks.OFF);
  const text = (kind: string, name: string, file: string, valueOf?: (variable: string) => undefined) => expanded(
    output.object('ConfigMap', name).data[file], output.object(kind, name).spec.template.spec.containers[0].args, valueOf);
  const server = text('StatefulSet', 'spire-server', 'server.conf');
  const agent = text('DaemonSet', 'spire-agent', 'agent.conf');

  test('SPIRE reads what was meant', () => {
    for (const [path, expected] of Object.entries(each.server ?? {})) {
      expect({ [path]: section(server, path) }).toEqual({ [path]: path.includes(' ') && !path.startsWith('telemetry ') ? expected : expect.objectContaining(expected) });
    }
    for (const [path, expected] of Object.entries(each.agent ?? {})) {
      expect({ [path]: section(agent, path) }).toEqual({ [path]: expect.objectContaining(expected) });
    }
  });

  test('the judges find nothing to refuse and nothing to warn of', () => {
    const problems = new Problems();
    // what is in a Secret is known to nobody
    readServerConfig(text('StatefulSet', 'spire-server', 'server.conf', () => undefined), problems);
    readAgentConfig(text('DaemonSet', 'spire-agent', 'agent.conf', () => undefined), problems);
    const deliberate = /newer|telemetry\.Prometheus|use_new_container_locator|old container locator/;
    expect(problems.list.filter((problem) => !deliberate.test(problem.message))).toEqual([]);
  });

  test('the API server takes every object, and each mount has its volume', () => {
    expect(strictErrors(output.allObjects)).toEqual([]);
    for (const { spec } of [output.object('StatefulSet', 'spire-server'), output.object('DaemonSet', 'spire-agent')]) {
      const pod = spec.template.spec;
      const volumes = [...pod.volumes, ...(spec.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata)].map((volume: any) => volume.name);
      expect(new Set(volumes).size).toBe(volumes.length);
      for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
        const mounts = container.volumeMounts.map((mount: any) => mount.name);
        expect(volumes).toEqual(expect.arrayContaining(mounts));
        const paths = container.volumeMounts.map((mount: any) => mount.mountPath);
        expect(new Set(paths).size).toBe(paths.length);
      }
    }
  });
});
