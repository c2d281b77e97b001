import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asText } from '../../../model/manifest';
import { areTogether, isStatic, managerWorkloads, managersOf, servesWebhook } from '../../../model/spire/managers';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagersShare: Rule = {
  id: 'SPIRE-MANAGERS-SHARE',
  level: Level.ERROR,
  title: 'the controller managers of two SPIRE servers have one thing that each needs for itself',
  why: 'each writes the bundle of its own server into the one webhook; of two with one lease only one works; with one configuration one has the trust domain of the other',
  fix: 'give each server a configuration with its own trustDomain, className, entryIDPrefix, validatingWebhookConfigurationName and leaderElection.resourceName',
  source: 'spire-controller-manager pkg/webhookmanager; client-go leaderelection; observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const seen = new Map<string, Placed>();
    for (const one of managerWorkloads(system).flatMap(workload => placed(system, workload))) {
      for (const [what, key] of sharedBy(one)) {
        const first = seen.get(`${what}/${key}`) ?? one;
        seen.set(`${what}/${key}`, first);
        if (first.trustDomain !== one.trustDomain && placeOf(first) !== placeOf(one) && areTogether(first.manager, one.manager)) {
          report.at(one.manager, PATHS[what], `${what} is that of ${placeOf(first)} too, whose server has the trust domain "${first.trustDomain}", that of ${placeOf(one)} has "${one.trustDomain}"`);
        }
      }
    }
  },
};

/** A controller manager, and the trust domain of the server beside it. */
interface Placed {
  readonly workload: Workload;
  readonly manager: Manifest;
  readonly trustDomain: string;
}

const CONFIGURATION = 'the configuration';
const WEBHOOK = 'the webhook';
const LEASE = 'the lease';
const PATHS: Record<string, string[]> = { [CONFIGURATION]: [], [WEBHOOK]: ['validatingWebhookConfigurationName'], [LEASE]: ['leaderElection', 'resourceName'] };

function placed(system: System, workload: Workload): Placed[] {
  const server = system.servers.find(one => one.workload === workload)?.config?.server.text('trust_domain');
  return managersOf(system, workload).filter(manager => !isStatic(manager)).flatMap(manager => {
    const trustDomain = trustDomainName(server ?? asText(manager.value.trustDomain));
    return trustDomain === '' || isUnknown(trustDomain) || trustDomain.includes('$') ? [] : [{ workload, manager, trustDomain }];
  });
}

/** What a manager must not have in common with that of another server, and its name; nothing where that comes out of the environment. */
function sharedBy({ workload, manager }: Placed): [string, string][] {
  const { leaderElect, resourceName, resourceNamespace } = asObject(manager.value.leaderElection);
  const webhook = asText(manager.value.validatingWebhookConfigurationName) || 'spire-controller-manager-webhook';
  const found: [string, string][] = [[CONFIGURATION, `${workload.namespace}/${manager.file}/${manager.lineOf([])}`]];
  if (servesWebhook(workload)) found.push([WEBHOOK, webhook]);
  if (leaderElect === true) found.push([LEASE, `${asText(resourceNamespace) || workload.namespace}/${asText(resourceName)}`]);
  return found.filter(([, name]) => !name.includes('$'));
}

function placeOf({ workload }: Placed): string {
  return `${workload.namespace}/${workload.name}`;
}
