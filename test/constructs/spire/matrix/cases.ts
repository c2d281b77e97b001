import { SpireProps } from '../../../../src';

/**
 * One configuration, and what SPIRE has to read in it.
 */
export interface Case {
  readonly name: string;
  readonly props: SpireProps;

  /**
   * Sections of server.conf by their path, such as `server` or `KeyManager aws_kms`.
   */
  readonly server?: { readonly [section: string]: object };

  /**
   * Sections of agent.conf by their path.
   */
  readonly agent?: { readonly [section: string]: object };
}

const SERVER_FILES = '/run/spire/server/files';

export const serverSecret = (name: string, key: string) => `${SERVER_FILES}/secrets/${name}/${key}`;
export const serverText = (name: string) => `/run/spire/server/config/${name}`;
export const agentSecret = (name: string, key: string) => `/run/spire/agent/files/secrets/${name}/${key}`;
export const variable = (name: string) => `<${name}>`;
export const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';
