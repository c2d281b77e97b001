import { isFilledIn } from '../../../model/filled-in';
import { Json } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { valueOf } from '../../../model/yaml-value';
import { Level } from '../../finding';
import { meshTypeProblems } from '../../refusals/mesh-types';
import { problemsOf } from '../../refusals/places';
import { PROXY_SETTINGS } from '../../refusals/proxy-settings';
import { Rule } from '../../rule';

export const meshProxyAnnotation: Rule = {
  id: 'MESH-PROXY-ANNOTATION',
  level: Level.ERROR,
  title: 'the proxy configuration of a pod cannot be read, or has a value that Istio refuses',
  why: 'injection fails, and the pod is refused',
  fix: 'write YAML or JSON with the fields of ProxyConfig, such as "proxyMetadata: {NAME: value}"',
  source: 'istio pkg/kube/inject',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const text = workload.annotations[CONFIG];
      if (text === undefined || isFilledIn(text) || !isInjected(system, workload)) continue;
      const wrong = faultOf(text);
      if (wrong !== undefined) report.at(workload.manifest, workload.at('metadata', 'annotations', CONFIG), wrong);
    }
  },
};

const CONFIG = 'proxy.istio.io/config';

function faultOf(text: string): string | undefined {
  try {
    const value = valueOf(text);
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) return `${CONFIG} is no mapping`;
    const { proxyMetadata } = value;
    const isMapping = proxyMetadata === undefined || proxyMetadata === null || typeof proxyMetadata === 'object' && !Array.isArray(proxyMetadata);
    return isMapping ? refusedIn(value) : 'proxyMetadata is no mapping of names to values';
  } catch (error) {
    return `${CONFIG} is no YAML: ${(error as Error).message.split('\n')[0].replace(/[.:]$/, '')}`;
  }
}

function refusedIn(value: Json): string | undefined {
  const [type] = meshTypeProblems({ defaultConfig: value }, []);
  if (type) return type[1];
  const [first] = problemsOf(PROXY_SETTINGS, value, []);
  return first && `${first[0].join('.')}: ${first[1]}`;
}
