import { AGENT_PATH_FUNCTIONS, templateError } from '../../../formats/go-template';
import { requireText } from '../input';
import { Plugin } from '../plugins/plugin';

/**
 * The installation that a node attestor belongs to.
 */
export interface AttestedCluster {
  readonly name: string;
  readonly agentNamespace: string;
  readonly agentServiceAccount: string;
}

/**
 * The two halves of a node attestor, made from one object so that they agree.
 */
export interface NodeAttestorSides {
  readonly name: string;

  /**
   * Whether an agent that lost its keys can attest again. If not, they have to survive a restart.
   */
  readonly reattests: boolean;

  /**
   * Whether the ID of an agent is the one that the controller manager expects: by the cluster and the UID of the node.
   */
  readonly nodeUidIds: boolean;

  /**
   * Whether agents outside of the cluster attest too.
   */
  readonly remoteAgents?: boolean;

  server(cluster: AttestedCluster): Plugin;
  agent(cluster: AttestedCluster): Plugin;
}

/**
 * Refuses a template that gives no path of a SPIFFE ID.
 */
export function requirePathTemplate(template: string | undefined): string | undefined {
  if (template !== undefined) {
    requireText('agentPathTemplate', template);
    if (!template.startsWith('/') || template.endsWith('/')) {
      throw new Error(`agentPathTemplate '${template}' gives no path of a SPIFFE ID: begin it with '/', and end it without`);
    }
    requireTemplate(template);
  }
  return template;
}

function requireTemplate(template: string): void {
  const error = templateError(template, AGENT_PATH_FUNCTIONS);
  if (error !== undefined) {
    throw new Error(`agentPathTemplate '${template}' is no Go template, ${error}: close each '{{' and use functions that SPIRE has`);
  }
}
