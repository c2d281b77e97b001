import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { requireInteger, requireSocketPath } from '../input';
import { NodeAttestorSides, requirePathTemplate } from './sides';
import { Plugin } from '../plugins/plugin';
import { PluginOptions } from '../plugins/plugin-options';
import { writeRawData } from '../plugins/raw-data';
import { requireSecretFile } from '../secret-file';

/**
 * What the server takes from certificates, whoever issued them.
 */
export interface X509PopOptions extends PluginOptions {
  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by the fingerprint of the certificate or the path of the SVID
   */
  readonly agentPathTemplate?: string;

  /**
   * The most intermediate certificates in a chain.
   *
   * @default - 4
   */
  readonly maxIntermediates?: number;

  /**
   * The longest RSA key, in bits.
   *
   * @default - 8192
   */
  readonly maxRsaKeySize?: number;

  /**
   * Whether the certificate has to carry the address that the agent calls from. Needs SPIRE 1.15.2.
   *
   * @default - false
   */
  readonly verifyClientIp?: boolean;
}

/**
 * Node attestation by certificates of a public key infrastructure of yours.
 */
export interface X509PopProps extends X509PopOptions {
  /**
   * The certificate authorities of the agents' certificates, each a file with PEM.
   */
  readonly certificateAuthorities: FileRef[];

  /**
   * The certificate of each agent, as PEM, with intermediate ones behind it.
   *
   * @default - the server takes such agents, but no agent of this cluster attests so
   */
  readonly certificate?: FileRef;

  /**
   * The key of the certificate, as PEM.
   *
   * @default - none; needed with `certificate`
   */
  readonly privateKey?: FileRef;

  /**
   * Further intermediate certificates, as PEM.
   *
   * @default - none
   */
  readonly intermediates?: FileRef;
}

/**
 * Node attestation by X.509-SVIDs of the same trust domain.
 */
export interface X509PopSpiffeProps extends X509PopOptions {
  /**
   * The beginning of the paths that are taken.
   *
   * @default - /spire-exchange
   */
  readonly spiffePrefix?: string;

  /**
   * The Workload API socket at which an agent gets its SVID. Needs SPIRE 1.15.
   *
   * @default - the server takes such agents, but no agent of this cluster attests so
   */
  readonly spiffeEndpointSocket?: string;
}

/**
 * The node attestor x509pop with an external public key infrastructure.
 */
export function x509pop(props: X509PopProps): NodeAttestorSides {
  requireProps('NodeAttestor.x509pop', props, { certificateAuthorities: 'FileRef[]' });
  requireSecretFile('privateKey', props.privateKey);
  requireOptions(props);
  if (props.certificateAuthorities.length === 0) {
    throw new Error('certificateAuthorities of x509pop is empty: give at least one file');
  }
  if ((props.certificate === undefined) !== (props.privateKey === undefined)) {
    throw new Error('certificate and privateKey of x509pop belong together: give both, or none');
  }
  return sides(props, (data, pod) => {
    const files = props.certificateAuthorities.map((file, index) => pod.file(file, `x509pop-ca-${index}.crt`));
    data.attributes({
      mode: 'external_pki',
      ca_bundle_path: files.length === 1 ? files[0] : undefined,
      ca_bundle_paths: files.length > 1 ? files : undefined,
    });
  }, (data, pod) => {
    if (!props.certificate || !props.privateKey) {
      throw new Error('the agents of this cluster have no certificate for x509pop: give certificate and privateKey');
    }
    data.attributes({
      certificate_path: pod.file(props.certificate, 'x509pop.crt'),
      private_key_path: pod.file(props.privateKey, 'x509pop.key'),
      intermediates_path: pod.file(props.intermediates, 'x509pop-intermediates.crt'),
    });
  });
}

/**
 * The node attestor x509pop with SVIDs.
 */
export function x509popSpiffe(props: X509PopSpiffeProps): NodeAttestorSides {
  requireOptions(props);
  requireSocketPath('spiffeEndpointSocket', props.spiffeEndpointSocket);
  if (props.spiffePrefix !== undefined && !/^(\/[A-Za-z0-9._-]+)+$/.test(props.spiffePrefix)) {
    throw new Error(`spiffePrefix '${props.spiffePrefix}' is no path of a SPIFFE ID: use one such as '/spire-exchange'`);
  }
  return sides(props, (data) => data.attributes({ mode: 'spiffe', spiffe_prefix: props.spiffePrefix }), (data, pod) => {
    if (props.spiffeEndpointSocket === undefined) {
      throw new Error('the agents of this cluster have no SVID for x509pop: give spiffeEndpointSocket');
    }
    pod.requireVersion('spiffeEndpointSocket of x509pop', '1.15.0');
    pod.host('x509pop-socket', props.spiffeEndpointSocket.slice(0, props.spiffeEndpointSocket.lastIndexOf('/')), 'Directory', true);
    data.attributes({ spiffe_endpoint_socket: `unix://${props.spiffeEndpointSocket}` });
  });
}

/**
 * What the two modes share around the keys of their own.
 */
function sides(props: X509PopOptions, server: Plugin['configure'], agent: Plugin['configure']): NodeAttestorSides {
  const plugin = (configure: Plugin['configure']): Plugin => ({ type: 'NodeAttestor', name: 'x509pop', configure });
  return {
    name: 'x509pop',
    reattests: true,
    nodeUidIds: false,
    server: () => plugin((data, pod) => {
      server(data, pod);
      data.attributes(options(props));
      if (props.verifyClientIp !== undefined) {
        pod.requireVersion('verifyClientIp of x509pop', '1.15.2');
      }
      writeRawData(data, props.additionalData, OWNED);
    }),
    agent: () => plugin(agent),
  };
}

const OWNED = ['ca_bundle_path', 'ca_bundle_paths', 'spiffe_prefix', 'svid_prefix', 'agent_path_template', 'max_intermediates', 'max_rsa_key_size', 'verify_client_ip'];

function requireOptions(props: X509PopOptions): void {
  requirePathTemplate(props.agentPathTemplate);
  requireInteger('maxIntermediates', props.maxIntermediates, 1);
  requireInteger('maxRsaKeySize', props.maxRsaKeySize, 2048);
}

function options(props: X509PopOptions) {
  return {
    agent_path_template: props.agentPathTemplate,
    max_intermediates: props.maxIntermediates,
    max_rsa_key_size: props.maxRsaKeySize,
    verify_client_ip: props.verifyClientIp,
  };
}
