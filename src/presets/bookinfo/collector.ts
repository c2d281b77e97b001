import { SharedService } from '../../constructs/access';
import { TracingOptions } from '../../constructs/istio';
import { NetworkPeer } from '../../constructs/network';

const OTLP_PORT = 4317;

/**
 * The collector of traces as the network sees it: pods of the namespace in the name of its Service.
 */
export function collectorOf(tracing: TracingOptions | undefined): SharedService[] {
  return tracing ? [{ peers: [NetworkPeer.pods(tracing.serviceHost.split('.')[1])], port: tracing.port ?? OTLP_PORT }] : [];
}
